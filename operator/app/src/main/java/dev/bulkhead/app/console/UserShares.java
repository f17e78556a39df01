package dev.bulkhead.app.console;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.Multiset;
import dev.bulkhead.cluster.access.User;

/**
 * How much each user has of something that is there for all. Whoever shows many tokens of one account is one user, whatever
 * else the API server says of each token.
 */
final class UserShares {

    private final int most;
    private final Multiset<String> taken = ConcurrentHashMultiset.create();

    /** @param most of one user */
    UserShares(int most) {
        this.most = most;
    }

    /** @return whether there was one left for them; who takes one gives it back */
    boolean take(User user) {
        if (taken.add(user.name(), 1) < most) {
            return true;
        }
        giveBack(user);
        return false;
    }

    void giveBack(User user) {
        taken.remove(user.name());
    }
}
