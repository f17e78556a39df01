package dev.bulkhead.demo;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** The chapters, one after the other, as long as everything is as they claim. */
final class Story {

    private final Narrator narrator;
    private final List<Chapter> chapters;

    Story(Narrator narrator, List<Chapter> chapters) {
        this.narrator = narrator;
        this.chapters = ImmutableList.copyOf(chapters);
    }

    /** @return whether it could be told to its end */
    boolean tell() {
        for (int i = 0; i < chapters.size(); i++) {
            Chapter chapter = chapters.get(i);
            narrator.chapter((i + 1) + "  " + chapter.title());
            try {
                chapter.tell();
            } catch (ClaimFailedException e) {
                narrator.says("The story ends here: it is not true that " + e.getMessage() + ".");
                return false;
            }
        }
        return true;
    }
}
