package dev.graft.benchmark;

import dev.graft.data.Environment;
import dev.graft.data.LabeledTexts;
import dev.graft.reading.LabeledTable;
import dev.graft.reading.TableFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The texts that are measured: the first film reviews of {@code $GRAFT_DATA/sst2/train.tsv} where there are enough, else
 * made-up ones that are about as long.
 */
final class Sentences {
    /** Words of a sentence of SST-2 in the mean (Kim 2014, table 1). */
    static final int MEAN_WORDS = 19;

    // The deviation and the ends are about those of the data set's sentences.
    private static final int DEVIATION = 9;
    private static final int FEWEST = 2;
    private static final int MOST = 52;

    private static final List<String> CLASSES = List.of("0", "1");

    // Some of them are rare enough to be several tokens, as in the data.
    private static final String[] WORDS = ("the a of and to is in that it with as film this but for an its movie be on"
                    + " you not one by more than has about at from all his are so like there or if have story out"
                    + " who what up good comedy into too most no characters just much even funny time little way"
                    + " can their will your make been its own some work love does only life best enough never over"
                    + " new any plot director bad something might performances drama heart world minutes unflinching"
                    + " bittersweet schmaltzy uninspired crowd-pleasing overwrought , , . ' s")
            .split(" ", -1);

    private Sentences() {}

    static LabeledTexts of(int count) {
        Path file = Environment.system()
                .dataDirectory("sst2")
                .orElse(Path.of("sst2"))
                .resolve("train.tsv");
        if (Files.isRegularFile(file)) {
            LabeledTexts reviews = LabeledTable.of(TableFile.of(file).withoutHeader())
                    .texts(CLASSES)
                    .examples();
            if (reviews.size() >= count) {
                return reviews.subset(IntStream.range(0, count).toArray());
            }
        }
        return made(count);
    }

    /** Made-up sentences, the same each time, of both classes by turns. */
    static LabeledTexts made(int count) {
        SplittableRandom random = new SplittableRandom(11);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int words = words(random);
            List<String> sentence = new ArrayList<>();
            for (int word = 0; word < words; word++) {
                sentence.add(WORDS[random.nextInt(WORDS.length)]);
            }
            texts.add(String.join(" ", sentence));
        }
        return LabeledTexts.of(
                "sentences",
                CLASSES,
                texts,
                IntStream.range(0, count).map(i -> i % 2).toArray());
    }

    /** About normally distributed: the sum of twelve uniform numbers has the variance 1. */
    private static int words(SplittableRandom random) {
        double normal = -6;
        for (int i = 0; i < 12; i++) {
            normal += random.nextDouble();
        }
        return (int) Math.max(FEWEST, Math.min(MOST, Math.round(MEAN_WORDS + DEVIATION * normal)));
    }
}
