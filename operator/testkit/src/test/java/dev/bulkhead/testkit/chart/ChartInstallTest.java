package dev.bulkhead.testkit.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import dev.bulkhead.testkit.ControlPlane;
import dev.bulkhead.testkit.ControlPlaneKind;
import dev.bulkhead.testkit.junit.OnControlPlane;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart installed by Helm on a real control plane. */
@OnControlPlane(ControlPlaneKind.REAL)
class ChartInstallTest {

    private static final Chart CHART = Chart.ofRepository();
    private static final String POLICIES = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/";

    private static ControlPlane controlPlane;
    private static KubernetesClient client;
    private static Release release;

    @BeforeAll
    static void install(ControlPlane running) {
        controlPlane = running;
        client = controlPlane.client();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(Chart.NAMESPACE)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("shop")
                        .endMetadata()
                        .build())
                .create();
        release = helmInstall();
    }

    private static Release helmInstall() {
        return new Helm(CHART.root())
                .install()
                .withName(Chart.RELEASE)
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(controlPlane.kubeconfig())
                .set("identity.stampExistingPods", true)
                .set("flowSchema.enabled", true)
                .call();
    }

    @Test
    void everyObjectHasOnlyFieldsThatTheServerKnows() {
        List<HasMetadata> objects = CHART.render(
                Chart.STAMPING_SERVER, Map.of("identity.stampExistingPods", true, "flowSchema.enabled", true));

        for (HasMetadata object : objects) {
            client.resource(object)
                    .dryRun()
                    .fieldValidation(FieldValidateable.Validation.STRICT)
                    .fieldManager("strict")
                    .forceConflicts()
                    .serverSideApply();
        }
    }

    @Test
    void theOperatorsPodsAreAdmittedUnderTheRestrictedStandard() {
        Shop.eventually(
                "two pods",
                () -> client.pods()
                                .inNamespace(Chart.NAMESPACE)
                                .withLabel("app.kubernetes.io/name", "bulkhead")
                                .list()
                                .getItems()
                                .size()
                        == 2);
    }

    @Test
    void podsThatWereThereBeforeAreStampedByAJobThatHasRightsAndLabelsOfItsOwn() {
        PodTemplateSpec pods = client.batch()
                .v1()
                .jobs()
                .inNamespace(Chart.NAMESPACE)
                .withName("bulkhead-stamp")
                .get()
                .getSpec()
                .getTemplate();
        PodSpec operator = client.apps()
                .deployments()
                .inNamespace(Chart.NAMESPACE)
                .withName("bulkhead")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec();

        assertEquals(List.of("stamp"), pods.getSpec().getContainers().get(0).getArgs());
        assertEquals("bulkhead-stamp", pods.getSpec().getServiceAccountName());
        assertEquals("bulkhead-stamp", pods.getMetadata().getLabels().get("app.kubernetes.io/name"));
        assertEquals(operator.getSecurityContext(), pods.getSpec().getSecurityContext());
        assertEquals(
                operator.getContainers().get(0).getSecurityContext(),
                pods.getSpec().getContainers().get(0).getSecurityContext());
    }

    @Test
    void theNotesTellHowToStampPodsThatRanBefore() {
        assertTrue(release.getOutput().contains("The Job bulkhead-stamp"), release.getOutput());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accessintents.bulkhead.dev",
                "guardrails.bulkhead.dev",
                "segments.bulkhead.dev",
                "wellknownpeers.bulkhead.dev"
            })
    void theDefinitionsAreEstablished(String name) {
        Shop.eventually(
                name,
                () -> client
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(name)
                        .get()
                        .getStatus()
                        .getConditions()
                        .stream()
                        .anyMatch(condition -> condition.getType().equals("Established")
                                && condition.getStatus().equals("True")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bulkhead-verify-service-account", "bulkhead-reserve-labels", "bulkhead-reserve-policies"})
    void theServerFindsNoTypeErrorInThePolicies(String name) {
        Requests administrator = new Requests(client);

        Shop.eventually(
                "type check",
                () -> administrator.get(POLICIES + name).body().at("/status").has("typeChecking"));

        assertEquals(
                "{}",
                administrator
                        .get(POLICIES + name)
                        .body()
                        .at("/status/typeChecking")
                        .toString());
    }

    @ParameterizedTest(name = "{0} {1} in {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # verb   | resource                                  | namespace       | allowed
            watch    | pods                                      | shop            | true
            patch    | pods                                      | shop            | false
            delete   | pods                                      | shop            | false
            list     | nodes                                     |                 | true
            get      | pods                                      | shop            | false
            list     | deployments.apps                          | shop            | true
            update   | deployments.apps                          | bulkhead-system | false
            create   | networkpolicies.networking.k8s.io         | shop            | true
            delete   | networkpolicies.networking.k8s.io         | shop            | true
            deletecollection | networkpolicies.networking.k8s.io | shop            | false
            watch    | accessintents.bulkhead.dev                | shop            | true
            update   | accessintents.bulkhead.dev                | shop            | false
            patch    | accessintents.bulkhead.dev/status         | shop            | true
            patch    | segments.bulkhead.dev/status              |                 | true
            list     | guardrails.bulkhead.dev                   |                 | true
            patch    | guardrails.bulkhead.dev                   |                 | false
            patch    | guardrails.bulkhead.dev/status            |                 | true
            list     | endpointslices.discovery.k8s.io           | default         | false
            watch    | endpointslices.discovery.k8s.io[kubernetes] | default       | true
            watch    | endpointslices.discovery.k8s.io[other]    | default         | false
            list     | endpointslices.discovery.k8s.io           | shop            | false
            patch    | leases.coordination.k8s.io                | bulkhead-system | true
            update   | leases.coordination.k8s.io                | bulkhead-system | false
            patch    | leases.coordination.k8s.io                | kube-system     | false
            create   | events.events.k8s.io                      | shop            | true
            list     | validatingadmissionpolicies.admissionregistration.k8s.io |  | true
            update   | validatingadmissionpolicies.admissionregistration.k8s.io |  | false
            list     | customresourcedefinitions.apiextensions.k8s.io |            | false
            get      | secrets                                   | bulkhead-system | false
            get      | configmaps                                | bulkhead-system | false
            impersonate | users                                  |                 | false
            """)
    void theOperatorMayDoWhatItNeedsAndNoMore(String verb, String resource, String namespace, boolean allowed) {
        assertEquals(
                allowed,
                mayDo(
                        verb,
                        resource,
                        namespace,
                        "system:serviceaccount:bulkhead-system:bulkhead",
                        "system:serviceaccounts",
                        "system:serviceaccounts:bulkhead-system",
                        "system:authenticated"));
    }

    @ParameterizedTest(name = "{0} {1} {2} in {3}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # role             | verb   | resource                          | namespace | allowed
            view               | get    | accessintents.bulkhead.dev        | shop      | true
            view               | watch  | accessintents.bulkhead.dev        | shop      | true
            view               | create | accessintents.bulkhead.dev        | shop      | false
            edit               | list   | accessintents.bulkhead.dev        | shop      | true
            edit               | create | accessintents.bulkhead.dev        | shop      | true
            edit               | patch  | accessintents.bulkhead.dev        | shop      | true
            edit               | delete | accessintents.bulkhead.dev        | shop      | true
            edit               | patch  | accessintents.bulkhead.dev/status | shop      | false
            edit               | create | accessintents.bulkhead.dev        | pay       | false
            edit               | create | segments.bulkhead.dev             |           | false
            admin              | create | guardrails.bulkhead.dev           |           | false
            admin              | delete | guardrails.bulkhead.dev           |           | false
            admin              | delete | accessintents.bulkhead.dev        | shop      | true
            admin              | patch  | accessintents.bulkhead.dev/status | shop      | false
            bulkhead-platform  | create | segments.bulkhead.dev             |           | true
            bulkhead-platform  | create | guardrails.bulkhead.dev           |           | true
            bulkhead-platform  | patch  | segments.bulkhead.dev/status      |           | false
            bulkhead-platform  | list   | accessintents.bulkhead.dev        | pay       | true
            bulkhead-platform  | create | accessintents.bulkhead.dev        | pay       | false
            """)
    void peopleMayDoWhatTheirRoleIsFor(String role, String verb, String resource, String namespace, boolean allowed) {
        String user = "somebody-with-" + role;
        HasMetadata binding = role.equals("bulkhead-platform") ? everywhere(role, user) : in("shop", role, user);
        client.resource(binding).forceConflicts().serverSideApply();
        // The roles grow together, and bindings are seen, a moment after they are written.
        Shop.eventually(
                role + " counts",
                () -> mayDo("get", "accessintents.bulkhead.dev", "shop", user, "system:authenticated"));

        if (allowed) {
            Shop.eventually(resource, () -> mayDo(verb, resource, namespace, user, "system:authenticated"));
        } else {
            assertFalse(mayDo(verb, resource, namespace, user, "system:authenticated"));
        }
    }

    private static HasMetadata everywhere(String role, String user) {
        return new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(user)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .withSubjects(new Subject("rbac.authorization.k8s.io", "User", user, null))
                .build();
    }

    private static HasMetadata in(String namespace, String role, String user) {
        return new RoleBindingBuilder()
                .withNewMetadata()
                .withName(user)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .withSubjects(new Subject("rbac.authorization.k8s.io", "User", user, null))
                .build();
    }

    /** @param resource with its group, such as {@code pods/log} or {@code endpointslices.discovery.k8s.io[kubernetes]} */
    private static boolean mayDo(String verb, String resource, String namespace, String user, String... groups) {
        String[] resourceAndName = resource.split("[\\[\\]]", 3);
        String[] resourceAndSubresource = resourceAndName[0].split("/", 2);
        String[] resourceAndGroup = resourceAndSubresource[0].split("\\.", 2);
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user)
                .withGroups(groups)
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(resourceAndGroup.length == 2 ? resourceAndGroup[1] : "")
                .withResource(resourceAndGroup[0])
                .withSubresource(resourceAndSubresource.length == 2 ? resourceAndSubresource[1] : null)
                .withName(resourceAndName.length > 1 ? resourceAndName[1] : null)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build();
        return client.resource(review).create().getStatus().getAllowed();
    }

    @Test
    void uninstalledItLeavesOnlyTheDefinitionsAndMayComeBack() {
        Helm.uninstall(Chart.RELEASE)
                .withNamespace(Chart.NAMESPACE)
                .withKubeConfig(controlPlane.kubeconfig())
                .call();

        for (HasMetadata object : CHART.render(Chart.STAMPING_SERVER, Map.of("crds.install", false))) {
            Shop.eventually(
                    object.getKind() + " " + object.getMetadata().getName() + " is gone",
                    () -> client.resource(object).get() == null);
        }
        for (HasMetadata definition : CHART.definitions()) {
            assertTrue(client.resource(definition).get() != null);
        }
        Requests administrator = new Requests(client);
        Shop.eventually("pods are created without a stamp", () -> {
            var answer = administrator.create("/api/v1/namespaces/default/pods?dryRun=All", Shop.pod("free"));
            return answer.accepted() && answer.label(Shop.STAMP) == null;
        });

        helmInstall();
        Shop.eventually(
                "pods are stamped again",
                () -> "default"
                        .equals(administrator
                                .create("/api/v1/namespaces/default/pods?dryRun=All", Shop.pod("bound"))
                                .label(Shop.STAMP)));
    }
}
