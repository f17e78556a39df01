package dev.bulkhead.demo;

/**
 * To the console.
 *
 * @param address where it is
 * @param token what it asks for
 */
record Invitation(String address, String token) {

    /** An address that signs in; the token is in the fragment, which browsers do not send. */
    String link() {
        return address + "#/sign-in?token=" + token;
    }
}
