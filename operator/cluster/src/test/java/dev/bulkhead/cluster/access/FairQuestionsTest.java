package dev.bulkhead.cluster.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FairQuestionsTest {

    private final List<String> answered = new CopyOnWriteArrayList<>();

    private static User user(String name) {
        return new User(name, "", ImmutableList.of(), ImmutableSortedMap.of());
    }

    @Test
    void whoeverAsksMuchKeepsNobodyElseWaiting() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch begin = new CountDownLatch(1);
        List<Future<Boolean>> all = new ArrayList<>();
        try (FairQuestions questions = new FairQuestions(1)) {
            all.add(questions.ask(user("much"), () -> {
                begun.countDown();
                begin.await();
                return answered.add("much");
            }));
            begun.await();
            for (int i = 0; i < 3; i++) {
                all.add(questions.ask(user("much"), () -> answered.add("much")));
            }
            all.add(questions.ask(user("little"), () -> answered.add("little")));
            all.add(questions.ask(user("other"), () -> answered.add("other")));
            begin.countDown();
            for (Future<Boolean> one : all) {
                one.get();
            }
        }
        assertEquals(List.of("much", "much", "little", "other", "much", "much"), answered);
    }

    @Test
    void manyServiceAccountsOfOneNamespaceTakeTurnsAsOne() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch begin = new CountDownLatch(1);
        List<Future<Boolean>> all = new ArrayList<>();
        try (FairQuestions questions = new FairQuestions(1)) {
            all.add(questions.ask(user("first"), () -> {
                begun.countDown();
                return begin.await(1, TimeUnit.MINUTES);
            }));
            begun.await();
            for (int i = 0; i < 3; i++) {
                all.add(questions.ask(user("system:serviceaccount:shop:made-" + i), () -> answered.add("shop")));
            }
            all.add(questions.ask(user("little"), () -> answered.add("little")));
            begin.countDown();
            for (Future<Boolean> one : all) {
                one.get();
            }
        }
        assertEquals(List.of("shop", "little", "shop", "shop"), answered);
    }

    @Test
    void aQuestionThatNobodyWaitsForIsNotAsked() throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        try (FairQuestions questions = new FairQuestions(1)) {
            Future<Boolean> first = questions.ask(user("one"), () -> {
                begin.await();
                return true;
            });
            Future<Boolean> cancelled = questions.ask(user("one"), () -> answered.add("cancelled"));
            Future<Boolean> last = questions.ask(user("one"), () -> answered.add("last"));
            cancelled.cancel(false);
            begin.countDown();
            first.get();
            last.get();
        }
        assertEquals(List.of("last"), answered);
    }
}
