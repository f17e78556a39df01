package dev.bulkhead.app.snapshot;

/** What whoever asks about a namespace should know besides what its policies say. */
public record Caveat(Code code, String namespace, String text) {

    /** Of what kind it is. */
    public enum Code {
        /** Policies are not what is declared, since something holds their writes back or makes them fail. */
        HELD("Held"),
        /** Policies are not what is declared, whatever the reason. */
        NOT_WRITTEN("NotWritten"),
        /** A policy by others cannot be read, so it may allow and isolate anything. */
        UNREADABLE("Unreadable"),
        /** Objects of kinds by others make pods of which nothing is known. */
        UNKNOWN_PODS("UnknownPods");

        private final String label;

        Code(String label) {
            this.label = label;
        }

        /** As programs are told. */
        public String label() {
            return label;
        }
    }

    /** @param problem why the policy cannot be read */
    public static Caveat unreadable(String namespace, String policy, String problem) {
        return new Caveat(
                Code.UNREADABLE,
                namespace,
                "the NetworkPolicy " + namespace + "/" + policy
                        + " is not understood, so it may allow and isolate anything, and is no part of the answer: "
                        + problem);
    }

    /** @param kind of the objects, with its API group */
    static Caveat unknownPods(String namespace, String kind, int count) {
        return new Caveat(
                Code.UNKNOWN_PODS,
                namespace,
                (count == 1 ? "1 object of kind " : count + " objects of kind ") + kind + " in namespace " + namespace
                        + (count == 1 ? " makes pods, but has" : " make pods, but have")
                        + " no template in spec.template that can be read; these pods are no part of the answer");
    }
}
