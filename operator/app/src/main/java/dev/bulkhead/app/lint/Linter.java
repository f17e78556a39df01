package dev.bulkhead.app.lint;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.manifest.Finding;
import dev.bulkhead.app.snapshot.Snapshot;
import dev.bulkhead.core.reach.PluginSemantics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Runs all checks. */
final class Linter {

    private static final ImmutableList<Check> CHECKS = ImmutableList.of(
            new SelectorChecks(),
            new RuleChecks(),
            new DnsCheck(),
            new EffectChecks(),
            new IntentChecks(),
            new WaitingChecks(),
            new IdleChecks(),
            new PrivateAddressCheck(),
            new PlatformChecks(),
            new HostNetworkCheck(),
            new NotJudgedCheck(),
            new UnreadMakersCheck());

    private Linter() {}

    /**
     * @param invalid what could not be read, and is no part of the snapshot
     * @return by place
     */
    static ImmutableList<LintFinding> lint(Snapshot snapshot, List<Finding> invalid, PluginSemantics reading) {
        Set<LintFinding> all = new TreeSet<>();
        for (Finding finding : invalid) {
            Code code = finding.message().contains(".ipBlock.except") ? Code.BH008 : Code.BH000;
            all.add(new LintFinding(code, finding.leftOut(), Optional.of(finding.place()), finding.message(), ""));
        }
        LintInput input = LintInput.of(snapshot, invalid, reading);
        Findings findings = new Findings(snapshot);
        CHECKS.forEach(check -> check.check(input, findings));
        all.addAll(findings.found());
        return ImmutableList.copyOf(all);
    }
}
