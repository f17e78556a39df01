package dev.bulkhead.cluster.access;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
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
