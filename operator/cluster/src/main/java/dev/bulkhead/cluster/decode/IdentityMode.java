package dev.bulkhead.cluster.decode;

/** Whether files are taken to be for a cluster where the API server vouches for service accounts. */
public enum IdentityMode {
    /** It does, and every pod in the files is yet to be born. */
    VERIFIED,
    /** It does not. */
    NONE,
    /** As the files say: they hold the admission policies or not, and live pods with the labels they have. */
    AUTO
}
