package dev.bulkhead.cluster.access;

import com.google.common.base.Ticker;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is remembered of each account. Where there are too many, one is forgotten of whoever has most of them: of the service
 * accounts of one namespace, which are made at will, only each other's.
 */
final class Accounts {

    private static final int MOST = 256;

    private final Ticker ticker;
    /** The one that was asked about least recently comes first. */
    private final Map<User, Answers> answers = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

    private final Multiset<String> owners = HashMultiset.create();

    Accounts(Ticker ticker) {
        this.ticker = ticker;
    }

    synchronized Answers answers(User user) {
        Answers known = answers.get(user);
        if (known != null) {
            return known;
        }
        if (answers.size() >= MOST) {
            forgetOne();
        }
        Answers nothing = new Answers(ticker);
        answers.put(user, nothing);
        owners.add(user.owner());
        return nothing;
    }

    private void forgetOne() {
        int most = owners.entrySet().stream()
                .mapToInt(Multiset.Entry::getCount)
                .max()
                .orElseThrow();
        Iterator<User> users = answers.keySet().iterator();
        while (users.hasNext()) {
            User user = users.next();
            if (owners.count(user.owner()) == most) {
                users.remove();
                owners.remove(user.owner());
                return;
            }
        }
    }
}
