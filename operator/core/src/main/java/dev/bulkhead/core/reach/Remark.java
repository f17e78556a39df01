package dev.bulkhead.core.reach;

/** Why a verdict may not be what every network plugin gives: Kubernetes leaves it open, or something is not known. */
public enum Remark {
    HOST_NETWORK("a pod on its node's network: most network plugins hold it by no policy and know it by its node's"
            + " address alone"),
    IP_BLOCK_AGAINST_POD("an ipBlock decides about a pod's address, and network plugins differ on whether it may;"
            + " select the pods by labels instead"),
    ADDRESS_TRANSLATION("an ipBlock decides about an address outside; whether it is seen before or after the address"
            + " is translated, Kubernetes leaves open"),
    FAMILIES_DIFFER("allowed over one of IPv4 and IPv6 only"),
    UNKNOWN_ADDRESS("a pod has no address yet, so that no ipBlock holds it"),
    AMBIGUOUS_PORT_NAME("two container ports of one pod have this name; each of them is taken to be meant"),
    MADE_UP_NAMESPACE("there is no Namespace object; it is taken to have the label of its name alone");

    private final String explanation;

    Remark(String explanation) {
        this.explanation = explanation;
    }

    public String explanation() {
        return explanation;
    }
}
