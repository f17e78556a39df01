package dev.bulkhead.cluster.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityPoliciesTest {

    private static final String POLICY = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: MutatingAdmissionPolicy
            metadata:
              name: bulkhead-stamp-service-account
              labels: {bulkhead.dev/identity: "true"}
            spec:
              failurePolicy: Fail
              matchConstraints:
                resourceRules:
                - apiGroups: [""]
                  apiVersions: [v1]
                  operations: [CREATE, UPDATE]
                  resources: [pods]
                  scope: Namespaced
              mutations:
              - patchType: JSONPatch
            """;

    private static final String BINDING = """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata:
              name: bulkhead-verify-service-account
              labels: {bulkhead.dev/identity: "true"}
            spec:
              policyName: bulkhead-verify-service-account
              validationActions: [Deny]
            """;

    private static Optional<String> flaw(String yaml) {
        return IdentityPolicies.flaw(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
    }

    @Test
    void aPolicyThatLooksAtEveryPodHasNoFlaw() {
        assertEquals(Optional.empty(), flaw(POLICY));
        assertEquals(Optional.empty(), flaw(POLICY.replace("\"\"", "\"*\"").replace("[v1]", "['*']")));
        assertEquals(Optional.empty(), flaw(POLICY.replace("[pods]", "['*']").replace("[CREATE, UPDATE]", "['*']")));
        assertEquals(Optional.empty(), flaw(POLICY.replace("scope: Namespaced", "scope: '*'")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apiGroups: [\"\"]           | apiGroups: [metrics.k8s.io]",
                "apiVersions: [v1]           | apiVersions: [v1beta1]",
                "operations: [CREATE, UPDATE]| operations: [CREATE]",
                "operations: [CREATE, UPDATE]| operations: [UPDATE]",
                "resources: [pods]           | resources: [pods/status]",
                "scope: Namespaced           | scope: Cluster",
                "scope: Namespaced           | resourceNames: [checkout]",
            })
    void aRuleThatPassesPodsByIsAFlaw(String whole, String partial) {
        assertEquals(
                Optional.of("does not look at pods whenever they are created and updated"),
                flaw(POLICY.replace(whole, partial)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespaceSelector: {matchLabels: {stamped: 'true'}}",
                "objectSelector: {matchLabels: {stamped: 'true'}}",
                "excludeResourceRules: [{resources: [pods]}]"
            })
    void podsOrNamespacesThatAreLeftOutAreAFlaw(String limit) {
        assertEquals(
                Optional.of("leaves out pods or namespaces (namespaceSelector, objectSelector, excludeResourceRules)"),
                flaw(POLICY.replace("matchConstraints:", "matchConstraints:\n    " + limit)));
        assertEquals(
                Optional.of("leaves out pods or namespaces (matchResources)"),
                flaw(BINDING + "  matchResources:\n    " + limit + "\n"));
    }

    @Test
    void aPolicyThatMayBePassedByOrDoesNothingHasAFlaw() {
        assertEquals(
                Optional.of("has failurePolicy Ignore: write Fail"),
                flaw(POLICY.replace("failurePolicy: Fail", "failurePolicy: Ignore")));
        assertEquals(
                Optional.of("has matchConditions, by which pods pass it by"),
                flaw(POLICY.replace("failurePolicy: Fail", "matchConditions: [{name: some, expression: 'false'}]")));
        assertEquals(Optional.of("does nothing"), flaw(POLICY.replace("mutations:", "variables:")));
        assertEquals(
                Optional.of("lacks the label bulkhead.dev/identity: \"true\""),
                flaw(POLICY.replace("labels: {bulkhead.dev/identity: \"true\"}", "labels: {}")));
    }

    @Test
    void aBindingThatDeniesNothingOrBindsAnotherPolicyHasAFlaw() {
        assertEquals(Optional.empty(), flaw(BINDING));
        assertEquals(
                Optional.of("does not deny: write validationActions: [Deny]"),
                flaw(BINDING.replace("[Deny]", "[Warn, Audit]")));
        assertEquals(
                Optional.of("binds another policy"),
                flaw(BINDING.replace("policyName: bulkhead", "policyName: other")));
    }
}
