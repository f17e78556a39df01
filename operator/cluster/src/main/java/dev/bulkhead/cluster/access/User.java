package dev.bulkhead.cluster.access;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Maps;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Who somebody is to the API server.
 *
 * @param uid empty where there is none
 */
public record User(
        String name,
        String uid,
        ImmutableList<String> groups,
        ImmutableSortedMap<String, ImmutableList<String>> extra) {

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    /** They tell which token of an account was shown, and by whom; no right depends on that. */
    private static final ImmutableSet<String> OF_THE_TOKEN = ImmutableSet.of(
            "authentication.kubernetes.io/credential-id",
            "authentication.kubernetes.io/node-name",
            "authentication.kubernetes.io/node-uid",
            "authentication.kubernetes.io/pod-name",
            "authentication.kubernetes.io/pod-uid");

    /**
     * Who is behind the account: the namespace of a service account, since whoever may write there makes as many of them as
     * they like.
     */
    public String owner() {
        if (!name.startsWith(SERVICE_ACCOUNT)) {
            return name;
        }
        int end = name.indexOf(':', SERVICE_ACCOUNT.length());
        return end < 0 ? name : name.substring(0, end);
    }

    /** The same whichever token of the account is shown. Whatever else is known stays, since it may narrow rights. */
    User withoutToken() {
        return new User(
                name,
                uid,
                groups,
                ImmutableSortedMap.copyOf(Maps.filterKeys(extra, key -> !OF_THE_TOKEN.contains(key))));
    }

    static User of(UserInfo info) {
        Map<String, List<String>> extra = Objects.requireNonNullElse(info.getExtra(), Map.of());
        return new User(
                info.getUsername(),
                Objects.requireNonNullElse(info.getUid(), ""),
                ImmutableList.copyOf(Objects.requireNonNullElse(info.getGroups(), List.of())),
                extra.entrySet().stream()
                        .collect(ImmutableSortedMap.toImmutableSortedMap(
                                Comparator.naturalOrder(),
                                Map.Entry::getKey,
                                entry -> ImmutableList.copyOf(entry.getValue()))));
    }
}
