package dev.graft.cli;

import dev.graft.backbone.Architecture;
import dev.graft.data.LabeledTexts;
import dev.graft.feature.TokenRows;
import dev.graft.preparation.Tokenization;
import dev.graft.reading.LabeledTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user's own texts, read once.
 *
 * @param train the texts to learn from; all of the file, if it does not come divided
 * @param validation those to choose by, if the file names them
 * @param test those of a test file, or those that the file names; null if there are none
 * @param warnings what the user should know of them, in sentences
 */
record TextTarget(
        LabeledTexts train,
        @Nullable LabeledTexts validation,
        @Nullable LabeledTexts test,
        List<String> warnings) {
    /**
     * Reads the tables.
     *
     * @param judging test texts of their own; null if there are none
     * @param classes the classes to use; all if there are none
     */
    static TextTarget read(LabeledTable data, @Nullable LabeledTable judging, List<String> classes) {
        LabeledTable.Divided<LabeledTexts> read = data.texts();
        List<String> warnings = new ArrayList<>(read.listing().warnings());
        if (judging != null) {
            LabeledTable.Judging<LabeledTexts> judged =
                    judging.texts(read.train().kind());
            warnings.addAll(judged.listing().warnings());
            read = read.withTest(judged.examples());
        }
        return new TextTarget(
                chosen(read.train(), classes),
                read.validation() == null ? null : chosen(read.validation(), classes),
                read.test() == null ? null : chosen(read.test(), classes),
                warnings);
    }

    private static LabeledTexts chosen(LabeledTexts texts, List<String> classes) {
        return classes.isEmpty() ? texts : texts.withClasses(classes);
    }

    /** How many texts a network takes only the beginning of, in sentences. */
    List<String> truncated(Architecture architecture) {
        List<String> said = new ArrayList<>();
        if (architecture.preparation() instanceof Tokenization tokenization) {
            say(train, "texts", tokenization, said);
            if (test != null) {
                say(test, "test texts", tokenization, said);
            }
        }
        return said;
    }

    private static void say(LabeledTexts texts, String what, Tokenization tokenization, List<String> said) {
        int cut = TokenRows.of(texts, tokenization).truncated();
        if (cut > 0) {
            said.add(cut + " of " + texts.size() + " " + what + " are longer than " + tokenization.maxTokens()
                    + " tokens: only their beginning is used");
        }
    }
}
