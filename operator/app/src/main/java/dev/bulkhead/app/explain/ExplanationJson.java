package dev.bulkhead.app.explain;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.bulkhead.app.snapshot.Caveat;
import dev.bulkhead.cluster.render.IntentYaml;
import dev.bulkhead.core.compile.RulesBetween;
import dev.bulkhead.core.intent.DeclaredIntent;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Decision;
import dev.bulkhead.core.reach.Remark;
import dev.bulkhead.core.world.Direction;
import java.io.IOException;
import java.io.Writer;
import java.util.function.Function;

/** An explanation for programs, by the schema {@code schemas/explain.schema.json}. */
public final class ExplanationJson {

    private final Function<NetworkPolicy.Key, NetworkPolicy> policies;
    private final JsonGenerator json;

    /** @param policies by the keys that verdicts name */
    public ExplanationJson(Function<NetworkPolicy.Key, NetworkPolicy> policies, Writer out) throws IOException {
        this.policies = policies;
        this.json = new JsonFactory().createGenerator(out).setPrettyPrinter(new DefaultPrettyPrinter());
    }

    public void write(Explanation explanation) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", explanation.source().label());
        json.writeStringField("destination", explanation.destination().label());
        json.writeStringField("protocol", explanation.port().protocol().name());
        json.writeStringField("port", explanation.port().port());
        json.writeBooleanField("allowed", explanation.allowed());
        if (explanation.service().isPresent()) {
            json.writeStringField("service", explanation.service().get());
        }
        json.writeArrayFieldStart("cases");
        for (Explanation.Case one : explanation.cases()) {
            write(one);
        }
        json.writeEndArray();
        if (explanation.change().isPresent()) {
            json.writeArrayFieldStart("change");
            for (DeclaredIntent intent : explanation.change().get()) {
                json.writeString(IntentYaml.write(intent));
            }
            json.writeEndArray();
        }
        if (explanation.hint().isPresent()) {
            json.writeStringField("hint", explanation.hint().get());
        }
        if (!explanation.caveats().isEmpty()) {
            json.writeArrayFieldStart("caveats");
            for (Caveat caveat : explanation.caveats()) {
                json.writeStartObject();
                json.writeStringField("code", caveat.code().label());
                json.writeStringField("namespace", caveat.namespace());
                json.writeStringField("text", caveat.text());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private void write(Explanation.Case one) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", one.source());
        json.writeStringField("destination", one.destination());
        json.writeNumberField("port", one.number());
        json.writeBooleanField("allowed", one.verdict().allowed());
        for (Direction direction : Direction.values()) {
            json.writeObjectFieldStart(ExplanationText.rules(direction));
            write(one.verdict().decision(direction), direction);
            json.writeEndObject();
        }
        json.writeArrayFieldStart("remarks");
        for (Remark remark : one.verdict().remarks()) {
            json.writeStartObject();
            json.writeStringField("code", remark.name());
            json.writeStringField("text", remark.explanation());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("rules");
        for (RulesBetween.Found rule : one.rules()) {
            json.writeStartObject();
            json.writeStringField("intent", rule.intent().toString());
            json.writeStringField("rule", rule.state().rule().place());
            json.writeStringField("state", rule.state().state().label());
            json.writeStringField("message", rule.state().explanation());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Decision decision, Direction direction) throws IOException {
        json.writeBooleanField("allowed", decision.passes());
        json.writeStringField("decision", decision.getClass().getSimpleName());
        if (decision.allowance().isPresent()) {
            Decision.AllowedBy allowed = decision.allowance().get();
            json.writeStringField("policy", allowed.policy().toString());
            json.writeNumberField("rule", allowed.rule());
            if (allowed.peer().isPresent()) {
                json.writeNumberField("peer", allowed.peer().getAsInt());
            }
            json.writeArrayFieldStart("intents");
            for (String intent :
                    IntentsBehindRule.intents(policies.apply(allowed.policy()), direction, allowed.rule())) {
                json.writeString(intent);
            }
            json.writeEndArray();
        } else if (decision.denial().isPresent()) {
            Decision.DeniedBy denied = decision.denial().get();
            json.writeArrayFieldStart("isolatedBy");
            for (NetworkPolicy.Key policy : denied.isolatedBy()) {
                json.writeString(policy.toString());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("nearMisses");
            for (Decision.NearMiss near : denied.nearMisses()) {
                json.writeStartObject();
                json.writeStringField("policy", near.policy().toString());
                json.writeNumberField("rule", near.rule());
                json.writeStringField("ports", near.ports().toString());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
