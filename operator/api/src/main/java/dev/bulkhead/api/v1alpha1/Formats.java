package dev.bulkhead.api.v1alpha1;

/** The formats of names, labels and networks as CEL rules, each with the message that says what to write. */
final class Formats {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    /** What {@code kubernetes.io/metadata.name} and other one-label names look like. */
    static final String DNS_LABEL = "self.matches('^" + LABEL + "$') && size(self) <= 63";

    static final String DNS_LABEL_MESSAGE = "write a name as Kubernetes has it: lower case letters, digits and \"-\","
            + " a letter or digit at both ends, at most 63 characters; no wildcards";

    static final String DNS_SUBDOMAIN = "self.matches('^" + LABEL + "([.]" + LABEL + ")*$')";

    static final String DNS_SUBDOMAIN_MESSAGE = "write a name as Kubernetes has it: lower case letters, digits, \"-\""
            + " and \".\", a letter or digit at both ends; no wildcards";

    static final String LABEL_SIZED = "size(self) <= 63";

    static final String SERVICE_ACCOUNT_SIZE_MESSAGE = "a service account name of more than 63 characters cannot be a"
            + " label value: use a shorter one, or name the pods by owner or podSelector";

    private static final String LABEL_KEY_PATTERN =
            "^(" + LABEL + "([.]" + LABEL + ")*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$";

    private static final String LABEL_VALUE_PATTERN = "^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$";

    static final String LABEL_KEY_MESSAGE = "write a label key as a name of at most 63 letters, digits, \"-\","
            + " \"_\" and \".\", if need be after a DNS name and \"/\"; no wildcards";

    private static final String LABEL_VALUE_FORMAT =
            "write a label value of at most 63 letters, digits, \"-\", \"_\" and"
                    + " \".\", with a letter or digit at both ends; no wildcards";

    static final String LABEL_KEY = "self.matches('" + LABEL_KEY_PATTERN + "')";

    static final String LABEL_KEYS = "self.all(key, key.matches('" + LABEL_KEY_PATTERN + "'))";

    static final String LABEL_KEYS_MESSAGE =
            "'%s: " + LABEL_KEY_MESSAGE + "'.format([self.filter(key, !key.matches('" + LABEL_KEY_PATTERN + "'))])";

    static final String LABEL_VALUES = "self.all(value, value.matches('" + LABEL_VALUE_PATTERN + "'))";

    static final String LABEL_VALUES_MESSAGE = "'%s: " + LABEL_VALUE_FORMAT
            + "'.format([self.filter(value, !value.matches('" + LABEL_VALUE_PATTERN + "'))])";

    static final String LABEL_VALUES_OF_MAP = "self.all(key, self[key].matches('" + LABEL_VALUE_PATTERN + "'))";

    static final String LABEL_VALUES_OF_MAP_MESSAGE = "'%s: " + LABEL_VALUE_FORMAT
            + "'.format([self.filter(key, !self[key].matches('" + LABEL_VALUE_PATTERN + "'))])";

    static final String NETWORK_MESSAGE = "write an address range, such as 203.0.113.0/24 or 2001:db8::/32; a single"
            + " address is /32 (IPv6: /128)";

    static final String NETWORKS = "self.all(range, isCIDR(range))";

    static final String NETWORKS_MESSAGE = "'%s: " + NETWORK_MESSAGE + "'.format([self.filter(range, !isCIDR(range))])";

    private static final String NOT_CANONICAL = "isCIDR(range) && string(cidr(range).masked()) != range";

    static final String CANONICAL_NETWORKS = "!self.exists(range, " + NOT_CANONICAL + ")";

    static final String CANONICAL_NETWORKS_MESSAGE =
            "'write %s: all bits after the prefix are 0, in the shortest form'.format([self.filter(range, "
                    + NOT_CANONICAL + ").map(range, string(cidr(range).masked()))])";

    static final String NOT_EVERYWHERE = "!self.exists(range, range.endsWith('/0'))";

    static final String NOT_EVERYWHERE_MESSAGE =
            "a range of prefix /0 is everything: name the addresses that are meant";

    private Formats() {}
}
