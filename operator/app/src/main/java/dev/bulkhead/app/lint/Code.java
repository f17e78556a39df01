package dev.bulkhead.app.lint;

/** What lint looks for. The codes are stable: people write them into their pipelines. */
enum Code {
    BH000(Severity.ERROR, "the object is invalid: an API server would refuse it, or it cannot be read"),
    BH001(Severity.WARNING, "a policy selects no pod"),
    BH002(Severity.WARNING, "a peer means no pod"),
    BH003(Severity.WARNING, "two items where one with both selectors may be meant"),
    BH004(Severity.WARNING, "egress is closed to DNS"),
    BH005(Severity.INFO, "a policy changes nothing, since others allow all that it allows"),
    BH006(Severity.WARNING, "a rule means everybody"),
    BH007(Severity.WARNING, "no container has a port of that name"),
    BH008(Severity.ERROR, "an exception lies outside its cidr"),
    BH009(Severity.INFO, "a rule, or a peer, says what another one says already"),
    BH010(Severity.INFO, "the other end of a rule has not declared"),
    BH011(Severity.WARNING, "a policy by others opens what no intent asks for"),
    BH012(Severity.WARNING, "no workload matches what an intent names"),
    BH013(Severity.WARNING, "no policy holds pods on their node's network"),
    BH014(Severity.WARNING, "rules of a direction that policyTypes leaves out"),
    BH015(Severity.WARNING, "an ipBlock means pods, which network plugins read differently"),
    BH016(Severity.WARNING, "a rule cannot be carried out"),
    BH017(Severity.ERROR, "a guardrail, or the segment, forbids a rule"),
    BH018(Severity.INFO, "a policy of a kind that is not judged"),
    BH019(Severity.WARNING, "no container declares the port of a rule"),
    BH020(Severity.INFO, "a rule names a private address"),
    BH021(Severity.WARNING, "a Segment or a Guardrail names what is not there"),
    BH022(Severity.INFO, "pods are made in a way that is not read");

    private final Severity severity;
    private final String title;

    Code(Severity severity, String title) {
        this.severity = severity;
        this.title = title;
    }

    Severity severity() {
        return severity;
    }

    String title() {
        return title;
    }
}
