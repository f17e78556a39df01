package dev.bulkhead.app.console;

import dev.bulkhead.app.browser.Browser;
import dev.bulkhead.cluster.inventory.LiveView;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The console of a cluster that does not change, in a browser. {@code platform} is the token of somebody who sees everything. */
final class ShownCluster implements AutoCloseable {

    private final Browser browser;
    private final ReviewingServer api;
    private ConsoleServer console;

    ShownCluster(Browser browser) {
        this.browser = browser;
        try {
            this.api = new ReviewingServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        api.tokens.put("platform", "team");
        api.rights.add("team get networkpolicies ");
    }

    /** Another person, who sees one namespace alone. */
    void admit(String token, String namespace) {
        api.tokens.put(token, "others");
        api.rights.add("others get networkpolicies " + namespace);
    }

    void serve(LiveView view, SignIn signIn) {
        console = new UnchangingCluster(view).console(signIn, api);
    }

    String address() {
        return "http://127.0.0.1:" + console.port();
    }

    void open(String token, String route) {
        new Visit(browser, address(), token).open(route);
    }

    @Override
    public void close() {
        // Not the page of a server that goes away.
        browser.get("about:blank");
        console.close();
        api.close();
    }
}
