package dev.bulkhead.demo;

import java.util.ArrayList;
import java.util.List;

/** Short texts side by side. */
final class SideBySide {

    private static final int COUNT = 2;

    private SideBySide() {}

    /** Reads along the rows. */
    static List<String> of(List<String> texts) {
        int width = texts.stream().mapToInt(String::length).max().orElse(0) + 2;
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += COUNT) {
            StringBuilder row = new StringBuilder();
            for (String text : texts.subList(i, Math.min(i + COUNT, texts.size()))) {
                row.append(text).append(" ".repeat(width - text.length()));
            }
            rows.add(row.toString().stripTrailing());
        }
        return rows;
    }
}
