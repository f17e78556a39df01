package dev.bulkhead.app.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.bulkhead.core.compile.Idle;
import dev.bulkhead.core.policy.NetworkPolicy;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A plan for programs, by the schema {@code schemas/plan.schema.json}. */
public final class PlanJson {

    private final JsonGenerator json;

    public PlanJson(Writer out) throws IOException {
        this.json = new JsonFactory().createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter());
    }

    public void write(PlanReport plan) throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", PlanView.VERSION);
        summary(PlanSummary.of(plan));
        json.writeObjectFieldStart("policies");
        names("created", plan.created());
        names("changed", plan.changed());
        names("deleted", plan.deleted());
        pairs("adopted", "by", plan.adoption().adopted());
        pairs("notAdopted", "reason", plan.adoption().refused());
        json.writeEndObject();
        json.writeObjectFieldStart("connections");
        edges("gained", plan.gained());
        edges("lost", plan.lost());
        json.writeEndObject();
        json.writeArrayFieldStart("isolated");
        for (PlanReport.Isolated isolated : plan.isolated()) {
            json.writeStartObject();
            json.writeStringField("workload", isolated.workload().toString());
            json.writeStringField("direction", isolated.direction().policyType());
            json.writeEndObject();
        }
        json.writeEndArray();
        names("held", plan.held());
        json.writeArrayFieldStart("rules");
        for (PlanReport.Declared rule : plan.rules()) {
            json.writeStartObject();
            json.writeStringField("intent", rule.intent().toString());
            json.writeStringField("rule", rule.state().rule().place());
            json.writeStringField("peer", rule.state().rule().peer().toString());
            json.writeStringField("state", rule.state().state().label());
            json.writeStringField("message", rule.state().message());
            json.writeStringField("idle", rule.state().idle().map(Idle::message).orElse(""));
            json.writeBooleanField("changed", rule.changed());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void summary(PlanSummary summary) throws IOException {
        json.writeObjectFieldStart("summary");
        json.writeObjectFieldStart("policies");
        json.writeNumberField("created", summary.policies().created());
        json.writeNumberField("changed", summary.policies().changed());
        json.writeNumberField("deleted", summary.policies().deleted());
        json.writeNumberField("adopted", summary.policies().adopted());
        json.writeEndObject();
        json.writeObjectFieldStart("connections");
        json.writeNumberField("gained", summary.connections().gained());
        json.writeNumberField("lost", summary.connections().lost());
        json.writeNumberField("kept", summary.connections().kept());
        json.writeEndObject();
        json.writeObjectFieldStart("rules");
        for (Map.Entry<String, Integer> state : summary.rules().entrySet()) {
            json.writeNumberField(state.getKey(), state.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("workloads");
        for (PlanSummary.OfWorkload workload : summary.workloads()) {
            workload(workload);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void workload(PlanSummary.OfWorkload workload) throws IOException {
        json.writeStartObject();
        json.writeStringField("workload", workload.workload());
        json.writeNumberField("gained", workload.gained());
        json.writeNumberField("lost", workload.lost());
        json.writeNumberField("kept", workload.kept());
        json.writeArrayFieldStart("keeps");
        for (PlanSummary.Named kept : workload.keeps()) {
            json.writeStartObject();
            json.writeStringField("src", kept.src());
            json.writeStringField("dst", kept.dst());
            json.writeStringField("conn", kept.conn());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeBooleanField("cut", workload.cut());
        json.writeEndObject();
    }

    private void names(String field, Collection<?> names) throws IOException {
        json.writeArrayFieldStart(field);
        for (Object name : names) {
            json.writeString(name.toString());
        }
        json.writeEndArray();
    }

    private void pairs(String field, String second, Map<NetworkPolicy.Key, ?> policies) throws IOException {
        json.writeArrayFieldStart(field);
        for (Map.Entry<NetworkPolicy.Key, ?> policy : policies.entrySet()) {
            json.writeStartObject();
            json.writeStringField("policy", policy.getKey().toString());
            json.writeStringField(second, policy.getValue().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void edges(String field, List<PlanReport.Edge> edges) throws IOException {
        json.writeArrayFieldStart(field);
        for (PlanReport.Edge edge : edges) {
            json.writeStartObject();
            json.writeStringField("src", edge.source().label());
            json.writeStringField("dst", edge.destination().label());
            json.writeStringField("conn", edge.ports().toString());
            names("intents", edge.intents());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
