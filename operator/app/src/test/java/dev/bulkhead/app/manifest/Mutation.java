package dev.bulkhead.app.manifest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Things that may happen to a file. */
enum Mutation {
    FLIP_BYTES {
        @Override
        byte[] apply(byte[] bytes, Random random) {
            byte[] flipped = bytes.clone();
            for (int i = random.nextInt(5); i >= 0 && flipped.length > 0; i--) {
                flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
            }
            return flipped;
        }
    },

    CUT {
        @Override
        byte[] apply(byte[] bytes, Random random) {
            int end = random.nextInt(bytes.length + 1);
            return Arrays.copyOfRange(bytes, random.nextInt(end + 1), end);
        }
    },

    DELETE_LINES {
        @Override
        void apply(List<String> lines, Random random) {
            for (int i = random.nextInt(4); i >= 0 && !lines.isEmpty(); i--) {
                lines.remove(random.nextInt(lines.size()));
            }
        }
    },

    REPEAT_LINES {
        @Override
        void apply(List<String> lines, Random random) {
            int from = random.nextInt(lines.size());
            int to = Math.min(lines.size(), from + 1 + random.nextInt(10));
            lines.addAll(random.nextInt(lines.size() + 1), List.copyOf(lines.subList(from, to)));
        }
    },

    SWAP_LINES {
        @Override
        void apply(List<String> lines, Random random) {
            Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
        }
    },

    INDENT {
        @Override
        void apply(List<String> lines, Random random) {
            int at = random.nextInt(lines.size());
            String line = lines.get(at);
            lines.set(at, random.nextBoolean() ? " ".repeat(random.nextInt(5)) + line : line.stripLeading());
        }
    },

    REPLACE_TOKEN {
        @Override
        void apply(List<String> lines, Random random) {
            int at = random.nextInt(lines.size());
            String[] tokens = lines.get(at).split("(?<=[^A-Za-z0-9])|(?=[^A-Za-z0-9])", -1);
            tokens[random.nextInt(tokens.length)] = TOKENS.get(random.nextInt(TOKENS.size()));
            lines.set(at, String.join("", tokens));
        }
    },

    SWAP_TOKENS {
        @Override
        void apply(List<String> lines, Random random) {
            String text = String.join("\n", lines);
            String[] tokens = text.split("(?<=[^A-Za-z0-9])|(?=[^A-Za-z0-9])", -1);
            int one = random.nextInt(tokens.length);
            int other = random.nextInt(tokens.length);
            String kept = tokens[one];
            tokens[one] = tokens[other];
            tokens[other] = kept;
            lines.clear();
            lines.addAll(List.of(String.join("", tokens).split("\n", -1)));
        }
    },

    NEST {
        @Override
        void apply(List<String> lines, Random random) {
            List<String> opening = List.of("[", "{a: ", "- ", "? ", "{\"a\":", "'", "|\n ", "&a [");
            String open = opening.get(random.nextInt(opening.size()));
            int at = random.nextInt(lines.size());
            lines.set(at, lines.get(at) + " " + open.repeat(1 << random.nextInt(13)));
        }
    },

    ALIAS {
        @Override
        void apply(List<String> lines, Random random) {
            int from = random.nextInt(lines.size());
            lines.set(from, lines.get(from).replaceFirst("(: |- |:$)", "$1 &x "));
            for (int i = 0; i < 3; i++) {
                int to = random.nextInt(lines.size());
                lines.set(
                        to,
                        lines.get(to)
                                .replaceFirst(
                                        ": .*",
                                        random.nextBoolean() ? ": *x" : ": &x [*x, *x, *x, *x, *x, *x, *x, *x, *x]"));
            }
        }
    };

    private static final List<String> TOKENS = List.of(
            "",
            " ",
            "\t",
            ":",
            ": ",
            "- ",
            "---",
            "\n---\n",
            "...",
            "#",
            "%",
            "@",
            "`",
            "'",
            "\"",
            "|",
            ">",
            "!",
            "!!int ",
            "!!binary ",
            "&x",
            "*x",
            "<<: *x",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "null",
            "~",
            "true",
            "1e9",
            "-1",
            "0x1F",
            "99999999999999999999",
            ".inf",
            "\\",
            "\"\\x",
            "\"\\UFFFFFFFF\"",
            "\u00E4",
            "\uFEFF",
            "\u0000",
            "\uD83D\uDE00",
            "\u0085",
            "\u2028",
            "\r",
            "%YAML 1.2",
            "%TAG ! x",
            "items",
            "kind",
            "List",
            "PodList",
            "apiVersion",
            "name",
            "spec");

    static Mutation any(Random random) {
        return values()[random.nextInt(values().length)];
    }

    byte[] apply(byte[] bytes, Random random) {
        List<String> lines = new ArrayList<>(List.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1)));
        apply(lines, random);
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    void apply(List<String> lines, Random random) {
        throw new UnsupportedOperationException();
    }
}
