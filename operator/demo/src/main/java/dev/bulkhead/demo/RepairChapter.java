package dev.bulkhead.demo;

import dev.bulkhead.core.policy.NetworkPolicy;
import dev.bulkhead.demo.PolicyJournal.Entry;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/** Somebody widens a policy by hand; it is put right. */
final class RepairChapter implements Chapter {

    private static final ShopParty INTERNET = new ShopParty.Internet();

    private final Narrator narrator;
    private final Claims claims;
    private final KubernetesClient client;
    private final Onlooker onlooker;
    private final PolicyJournal journal;

    RepairChapter(Narrator narrator, Claims claims, KubernetesClient client, Onlooker onlooker, PolicyJournal journal) {
        this.narrator = narrator;
        this.claims = claims;
        this.client = client;
        this.onlooker = onlooker;
        this.journal = journal;
    }

    @Override
    public String title() {
        return "Repair: a policy is widened by hand, and put right";
    }

    @Override
    public void tell() {
        NetworkPolicy policy = ledgersPolicy();
        var before = onlooker.policies();
        int mark = journal.size();
        narrator.says("Somebody lets everybody into the ledger, for a test:");
        narrator.shows(
                List.of("kubectl edit networkpolicy -n pay " + policy.key().name()));
        widen(policy.key());
        claims.that(
                "the ledger stood open to the internet then",
                () -> ClaimFinding.when(journal.size() > mark && opensLedger(mark + 1)));
        claims.that(
                "every policy is again what it was",
                () -> ClaimFinding.when(
                        onlooker.policies().equals(before) && onlooker.look().isClosed(INTERNET, Shop.LEDGER)));
        claims.that("one write by hand, one by the operator", () -> {
            List<Entry> writes = journal.since(mark);
            return ClaimFinding.when(
                    writes.size() == 2,
                    writes.size() == 2
                            ? PolicyJournal.between(writes.get(0), writes.get(1))
                                            .toMillis() + " ms apart"
                            : writes.toString());
        });
    }

    private NetworkPolicy ledgersPolicy() {
        return onlooker.policies().values().stream()
                .filter(policy -> policy.key().namespace().equals(Shop.LEDGER.namespace())
                        && policy.key().name().startsWith("bulkhead-ingress-ledger-"))
                .findFirst()
                .orElseThrow(() -> new ClaimFailedException("the ledger has a policy of its own"));
    }

    private void widen(NetworkPolicy.Key key) {
        client.network()
                .v1()
                .networkPolicies()
                .inNamespace(key.namespace())
                .withName(key.name())
                .edit(policy -> {
                    List<NetworkPolicyIngressRule> rules =
                            new ArrayList<>(policy.getSpec().getIngress());
                    rules.add(new NetworkPolicyIngressRule());
                    policy.getSpec().setIngress(rules);
                    return policy;
                });
    }

    private boolean opensLedger(int writes) {
        var state = journal.statesSince(writes).get(0);
        return onlooker.census().under(state.values()).isOpen(INTERNET, Shop.LEDGER, 22);
    }
}
