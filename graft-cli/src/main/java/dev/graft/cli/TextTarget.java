package dev.graft.cli;

import dev.graft.backbone.Architecture;
import dev.graft.data.LabeledTexts;
import dev.graft.data.Tokenization;
import dev.graft.feature.TokenRows;
import dev.graft.text.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The user's own texts, read once.
 *
 * @param train all texts of the file
 * @param test those of a test file; null if there is none
 * @param warnings what the user should know of them, in sentences
 */
record TextTarget(LabeledTexts train, @Nullable LabeledTexts test, List<String> warnings) {
    /**
     * Reads the files.
     *
     * @param classes the classes to use; all if there are none
     */
    static TextTarget read(TextOptions options, Path data, @Nullable Path testFile, List<String> classes) {
        List<String> warnings = new ArrayList<>();
        TextFile.Read read = options.file(data).read();
        read.warnings().forEach(warning -> warnings.add(data + ": " + warning));
        LabeledTexts train = chosen(read.texts(), classes);
        LabeledTexts test = null;
        if (testFile != null) {
            TextFile.Read judging = options.file(testFile).read(read.texts().classNames());
            judging.warnings().forEach(warning -> warnings.add(testFile + ": " + warning));
            test = chosen(judging.texts(), classes);
            int shared = shared(train, test);
            if (shared > 0) {
                warnings.add(shared + " of " + test.size()
                        + " test texts are training texts too, word for word: the test" + " accuracy is flattered");
            }
        }
        return new TextTarget(train, test, warnings);
    }

    private static LabeledTexts chosen(LabeledTexts texts, List<String> classes) {
        return classes.isEmpty() ? texts : texts.withClasses(classes);
    }

    private static int shared(LabeledTexts train, LabeledTexts test) {
        Set<String> known = new HashSet<>(all(train));
        return (int) all(test).stream().filter(known::contains).count();
    }

    private static List<String> all(LabeledTexts texts) {
        return IntStream.range(0, texts.size()).mapToObj(texts::text).toList();
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
