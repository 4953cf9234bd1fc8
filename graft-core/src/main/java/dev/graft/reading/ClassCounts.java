package dev.graft.reading;

import java.util.ArrayList;
import java.util.List;

/** What is to be said of the classes' sizes. */
final class ClassCounts {
    /** Beyond this, accuracy says little about the small class. */
    private static final int LARGEST_RATIO = 20;

    private ClassCounts() {}

    static List<String> warnings(List<String> classNames, int[] counts, String words) {
        List<String> warnings = new ArrayList<>();
        int largest = 0;
        int smallest = -1;
        for (int label = 0; label < counts.length; label++) {
            if (counts[label] > counts[largest]) {
                largest = label;
            }
            if (counts[label] > 0 && (smallest < 0 || counts[label] < counts[smallest])) {
                smallest = label;
            }
        }
        if (smallest >= 0 && counts[largest] > (long) LARGEST_RATIO * counts[smallest]) {
            warnings.add("class '" + classNames.get(largest) + "' has " + counts[largest] + " " + words + ", class '"
                    + classNames.get(smallest) + "' " + counts[smallest] + ": more than " + LARGEST_RATIO
                    + " to 1; weigh the classes, and look at the recall of each");
        }
        return warnings;
    }
}
