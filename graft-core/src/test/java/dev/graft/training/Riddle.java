package dev.graft.training;

import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledItems;
import dev.graft.data.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Items whose class is whether picture and word disagree: a disc that is called a square, or the other way round. */
public final class Riddle {
    private Riddle() {}

    public static LabeledItems draw(int count, long seed) {
        LabeledImages shapes = Shapes.draw(count, seed);
        SplittableRandom random = new SplittableRandom(seed);
        int[] labels = new int[count];
        double[] sizes = new double[count];
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int said = random.nextInt(2);
            labels[i] = shapes.label(i) ^ said;
            words.add(said == 1 ? "round" : "square");
            sizes[i] = random.nextInt(8) == 0 ? Double.NaN : 1000 + 10 * random.nextDouble();
        }
        List<String> classNames = List.of("agree", "disagree");
        return LabeledItems.of("riddle", classNames, labels)
                .withImages("picture", shapes)
                .withCategories("word", words)
                .withNumbers("size", sizes);
    }
}
