package dev.bulkhead.cluster.decode;

import java.util.regex.Pattern;

/** What Kubernetes takes for names and labels. A policy with anything else would be refused for ever. */
final class Names {

    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern GLOB = Pattern.compile("[a-z0-9*]([-a-z0-9*]*[a-z0-9*])?");
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL);
    private static final Pattern DNS_SUBDOMAIN = Pattern.compile(LABEL + "([.]" + LABEL + ")*");
    private static final Pattern LABEL_KEY =
            Pattern.compile("(" + LABEL + "([.]" + LABEL + ")*/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern LABEL_VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final int LABEL_SIZE = 63;
    private static final int KEY_SIZE = 253 + 1 + LABEL_SIZE;

    private Names() {}

    /** A name of a namespace, Segment or Service. */
    static String label(String name, String field) {
        return demand(
                name != null
                        && name.length() <= LABEL_SIZE
                        && DNS_LABEL.matcher(name).matches(),
                name,
                field,
                "write a name as Kubernetes has it: lower case letters, digits and \"-\", a letter or digit at both"
                        + " ends, at most 63 characters; no wildcards");
    }

    /** A name of a namespace, or a glob on such names. */
    static String glob(String glob, String field) {
        return demand(
                GLOB.matcher(glob).matches(),
                glob,
                field,
                "'" + glob
                        + "': write names of namespaces (lower case letters, digits and \"-\"), if need be with * for"
                        + " any characters, such as shop-*");
    }

    /** A name of a workload. */
    static String subdomain(String name, String field) {
        return demand(
                name != null && DNS_SUBDOMAIN.matcher(name).matches(),
                name,
                field,
                "write a name as Kubernetes has it: lower case letters, digits, \"-\" and \".\", a letter or digit at"
                        + " both ends; no wildcards");
    }

    /** A name of a service account that can be stamped on pods. */
    static String serviceAccount(String name, String field) {
        return demand(
                subdomain(name, field).length() <= LABEL_SIZE,
                name,
                field,
                "a service account name of more than 63 characters cannot be a label value: use a shorter one, or"
                        + " name the pods by owner or podSelector");
    }

    static boolean isLabelKey(String key) {
        return key != null && key.length() <= KEY_SIZE && LABEL_KEY.matcher(key).matches();
    }

    static boolean isLabelValue(String value) {
        return value != null
                && value.length() <= LABEL_SIZE
                && LABEL_VALUE.matcher(value).matches();
    }

    static String labelKey(String key, String field) {
        return demand(
                isLabelKey(key),
                key,
                field,
                "'" + key + "': write a label key as a name of at most 63 letters, digits, \"-\", \"_\" and \".\", if"
                        + " need be after a DNS name and \"/\"; no wildcards");
    }

    static String labelValue(String value, String field) {
        return demand(
                isLabelValue(value),
                value,
                field,
                "'" + value + "': write a label value of at most 63 letters, digits, \"-\", \"_\" and \".\", with a"
                        + " letter or digit at both ends; no wildcards");
    }

    private static String demand(boolean holds, String text, String field, String message) {
        if (!holds) {
            throw new InvalidDeclarationException(field, message);
        }
        return text;
    }
}
