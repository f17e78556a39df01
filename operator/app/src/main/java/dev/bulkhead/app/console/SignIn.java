package dev.bulkhead.app.console;

/** How one comes to be signed in. */
public enum SignIn {
    /** By a token that is typed or pasted. */
    BY_FORM,

    /**
     * Also by a link with the token in its fragment, as in {@code #/sign-in?token=…}. Browsers do not send fragments, and the
     * page takes the token off its address at once, but whoever gets such a link has the token, a browser may remember it,
     * and somebody could be sent one with a token of somebody else's. It is for tokens that nothing depends on.
     */
    BY_FORM_OR_LINK
}
