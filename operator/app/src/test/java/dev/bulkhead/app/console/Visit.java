package dev.bulkhead.app.console;

import static dev.bulkhead.app.browser.Browser.hook;

import dev.bulkhead.app.browser.Browser;

/** Somebody who looks at the console with a browser, signed in. */
record Visit(Browser browser, String address, String token) {

    /** Loads the page anew, and waits until it shows what there is to show. */
    Visit open(String route) {
        // Where signing in puts it. The empty page in between makes it a new page even if only the fragment differs.
        browser.beforeEachPage(
                "if (location.protocol !== 'about:') sessionStorage.setItem('bulkhead.token', '" + token + "')");
        browser.get("about:blank");
        browser.get(address + "/" + route);
        return shown();
    }

    /** Follows a link on the page that is shown, to a page with this heading. */
    Visit go(String route, String heading) {
        browser.run("location.hash = arguments[0]", route);
        browser.await("the page " + heading, () -> browser.text("h1").equals(heading));
        return this;
    }

    Visit shown() {
        browser.await(
                "the page shows something",
                () -> browser.has(hook("problem"))
                        || Boolean.TRUE.equals(
                                browser.run("return performance.getEntriesByName('bulkhead:interactive').length > 0")));
        return this;
    }
}
