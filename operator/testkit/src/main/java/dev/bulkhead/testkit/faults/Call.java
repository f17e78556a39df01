package dev.bulkhead.testkit.faults;

/**
 * A request that has come to the proxy.
 *
 * @param number how many came before it
 * @param code of the answer that the client was given; 0 while there is none, and where there was none
 * @param injected whether a fault was applied to it
 */
public record Call(int number, ApiRequest request, int code, boolean injected) {

    Call answered(int answer) {
        return new Call(number, request, answer, injected);
    }
}
