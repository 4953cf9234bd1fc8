package dev.graft.comparison;

import dev.graft.data.LabeledImages;
import dev.graft.result.ReportPictures.LabeledPicture;
import java.util.ArrayList;
import java.util.List;

/** A few examples of some data, to be shown. */
public final class Samples {
    private Samples() {}

    /** The first examples of each class, class by class in turn. */
    public static List<LabeledPicture> of(LabeledImages data, int perClass) {
        List<LabeledPicture> samples = new ArrayList<>();
        int classes = data.classNames().size();
        List<List<Integer>> places = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            places.add(new ArrayList<>());
        }
        for (int i = 0; i < data.size(); i++) {
            List<Integer> mine = places.get(data.label(i));
            if (mine.size() < perClass) {
                mine.add(i);
            }
        }
        for (int round = 0; round < perClass; round++) {
            for (int label = 0; label < classes; label++) {
                if (round < places.get(label).size()) {
                    int index = places.get(label).get(round);
                    samples.add(new LabeledPicture(
                            data.image(index), data.classNames().get(label)));
                }
            }
        }
        return samples;
    }
}
