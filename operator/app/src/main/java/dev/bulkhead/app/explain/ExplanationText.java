package dev.bulkhead.app.explain;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.bulkhead.app.snapshot.Caveat;
import dev.bulkhead.app.terminal.Printable;
import dev.bulkhead.app.terminal.Terminal;
import dev.bulkhead.cluster.render.IntentYaml;
import dev.bulkhead.core.compile.RulesBetween;
import dev.bulkhead.core.policy.Marker;
import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.core.reach.Decision;
import dev.bulkhead.core.reach.Remark;
import dev.bulkhead.core.reach.Verdict;
import dev.bulkhead.core.world.Direction;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An explanation for people. */
public final class ExplanationText {

    private static final int INDENTATION = 11;
    private static final ImmutableMap<Caveat.Code, String> HEADINGS = Maps.immutableEnumMap(Map.of(
            Caveat.Code.HELD, "held",
            Caveat.Code.NOT_WRITTEN, "differs",
            Caveat.Code.UNREADABLE, "remark",
            Caveat.Code.UNKNOWN_PODS, "remark"));

    private final Function<NetworkPolicy.Key, NetworkPolicy> policies;
    private final Terminal terminal;
    private final StringBuilder text = new StringBuilder();

    /** @param policies by the keys that verdicts name */
    public ExplanationText(Function<NetworkPolicy.Key, NetworkPolicy> policies, Terminal terminal) {
        this.policies = policies;
        this.terminal = terminal;
    }

    public String write(Explanation explanation) {
        text.setLength(0);
        text.append(terminal.strong(Printable.line(explanation.source().label() + " -> "
                        + explanation.destination().label() + ", " + explanation.port())))
                .append(": ")
                .append(outcome(explanation))
                .append('\n');
        explanation.service().ifPresent(words -> {
            text.append('\n');
            line("service", words);
        });
        for (Explanation.Case one : explanation.cases()) {
            write(explanation, one);
        }
        if (!explanation.caveats().isEmpty()) {
            text.append('\n');
        }
        explanation
                .caveats()
                .forEach(caveat -> line(HEADINGS.get(caveat.code()), caveat.namespace() + ": " + caveat.text()));
        explanation.change().ifPresent(change -> {
            String port = explanation.service().isPresent() ? "the port of the pods" : "it";
            text.append("\nThis would open ").append(port).append(":\n\n");
            change.forEach(intent -> text.append("---\n").append(IntentYaml.write(intent)));
        });
        explanation.hint().ifPresent(hint -> {
            text.append('\n');
            terminal.wrapped(hint, 0).forEach(line -> text.append(line).append('\n'));
        });
        return text.toString();
    }

    private String outcome(Explanation explanation) {
        if (explanation.allowed()) {
            return terminal.good("allowed");
        }
        boolean some =
                explanation.cases().stream().anyMatch(one -> one.verdict().allowed());
        return terminal.bad(some ? "allowed for some of the pods" : "denied");
    }

    private void write(Explanation explanation, Explanation.Case one) {
        text.append('\n');
        if (explanation.cases().size() > 1) {
            line(
                    "",
                    one.source() + " -> " + one.destination() + ", " + one.number() + ": "
                            + (one.verdict().allowed() ? "allowed" : "denied"));
        }
        half("egress", one.source(), one.verdict(), Direction.EGRESS);
        half("ingress", one.destination(), one.verdict(), Direction.INGRESS);
        for (RulesBetween.Found rule : one.rules()) {
            line(
                    "declared",
                    rule.intent() + " " + rule.state().rule().place() + ": "
                            + rule.state().state().label() + ", " + rule.state().explanation());
        }
        for (Remark remark : one.verdict().remarks()) {
            line("remark", remark.explanation());
        }
    }

    private void half(String heading, String self, Verdict verdict, Direction direction) {
        verdict.decision(direction).fold(new Decision.Cases<Void>() {
            @Override
            public Void notIsolated(Decision.NotIsolated free) {
                line(heading, "open: no policy selects " + self);
                return null;
            }

            @Override
            public Void toItself(Decision.ToItself own) {
                line(heading, "open: a pod always reaches itself");
                return null;
            }

            @Override
            public Void allowedBy(Decision.AllowedBy allowed) {
                line(heading, "allowed by " + allowed.policy() + ", " + place(direction, allowed));
                List<String> intents =
                        IntentsBehindRule.intents(policies.apply(allowed.policy()), direction, allowed.rule());
                if (!intents.isEmpty()) {
                    line("", "intents behind it: " + String.join(", ", intents));
                }
                return null;
            }

            @Override
            public Void deniedBy(Decision.DeniedBy denied) {
                line(
                        heading,
                        "closed: " + self + " is selected by "
                                + String.join(
                                        ", ",
                                        denied.isolatedBy().stream()
                                                .map(ExplanationText.this::described)
                                                .toList())
                                + ", and nothing allows it");
                for (Decision.NearMiss near : denied.nearMisses()) {
                    line(
                            "",
                            near.policy() + ", " + rules(direction) + "[" + near.rule()
                                    + "] means the other end, but only on " + near.ports());
                }
                return null;
            }
        });
    }

    private String described(NetworkPolicy.Key key) {
        return Marker.isManaged(policies.apply(key).labels()) ? key.toString() : key + " (not Bulkhead's)";
    }

    static String place(Direction direction, Decision.AllowedBy allowed) {
        String peers = direction == Direction.EGRESS ? ".to[" : ".from[";
        return rules(direction) + "[" + allowed.rule() + "]"
                + (allowed.peer().isPresent() ? peers + allowed.peer().getAsInt() + "]" : ", which means anybody");
    }

    static String rules(Direction direction) {
        return direction == Direction.EGRESS ? "egress" : "ingress";
    }

    private void line(String heading, String words) {
        String indentation = " ".repeat(INDENTATION);
        List<String> lines = terminal.wrapped(words, INDENTATION);
        text.append("  ").append(heading).append(" ".repeat(INDENTATION - 2 - heading.length()));
        text.append(String.join("\n" + indentation, lines)).append('\n');
    }
}
