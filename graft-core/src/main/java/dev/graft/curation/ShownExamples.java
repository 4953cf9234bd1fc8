package dev.graft.curation;

import dev.graft.data.Image;
import dev.graft.data.LabeledExamples;
import dev.graft.data.LabeledImages;
import dev.graft.data.LabeledTexts;
import dev.graft.reading.LabeledFiles;
import dev.graft.result.ExampleSheet.Shown;

/**
 * Examples as people know them: by their file, or by their text.
 *
 * @param examples the examples
 */
public record ShownExamples(LabeledExamples examples) {
    private static final int LONGEST_SIDE = 224;
    private static final int SHOWN_CHARACTERS = 400;

    boolean isTexts() {
        return examples instanceof LabeledTexts;
    }

    /** What an example is called: its file's path, or the text itself. */
    public String name(int index) {
        if (examples instanceof LabeledFiles files) {
            return files.file(index).toString();
        }
        if (examples instanceof LabeledTexts texts) {
            return texts.text(index);
        }
        String caption = examples.caption(index);
        return caption == null ? "example " + index : caption;
    }

    /**
     * An example for a page: a picture no larger than a page needs it, or the beginning of a text.
     *
     * @param caption what stands below it
     * @throws dev.graft.error.DataException if its file can no longer be read
     */
    public Shown shown(int index, String caption) {
        Image image =
                examples instanceof LabeledImages images ? images.image(index).atMost(LONGEST_SIDE) : null;
        return new Shown(image, image == null ? beginning(name(index)) : null, caption);
    }

    private static String beginning(String text) {
        String stripped = text.strip();
        return stripped.codePointCount(0, stripped.length()) <= SHOWN_CHARACTERS
                ? stripped
                : stripped.substring(0, stripped.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "…";
    }
}
