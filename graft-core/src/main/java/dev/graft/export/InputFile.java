package dev.graft.export;

import dev.graft.error.DataException;
import dev.graft.image.Preprocessing;
import dev.graft.image.ResizeMode;
import dev.graft.preparation.BagOfWords;
import dev.graft.preparation.CategoryCoding;
import dev.graft.preparation.NumberScaling;
import dev.graft.preparation.Preparation;
import dev.graft.preparation.Tokenization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code preparation.json} beside an exported model: what a program does with a picture, a text or a table's columns before
 * it gives them to the model, input by input, in a form that programs read. What is not in it is part of the model.
 */
final class InputFile {
    static final String NAME = "preparation.json";
    private static final int FORMAT = 1;

    private final List<Map<String, Object>> inputs = new ArrayList<>();

    /**
     * Adds an input.
     *
     * @param prefix what the names of its branch's inputs begin with
     * @param columns the parts of an item that it is made of; empty for a model of one branch
     * @param beside what the names of its branch's files begin with
     */
    void add(String prefix, String input, Preparation preparation, List<String> columns, String beside) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("input", prefix + input);
        if (!columns.isEmpty()) {
            entry.put("columns", columns);
        }
        if (preparation instanceof Preprocessing images) {
            images(entry, images);
        } else if (preparation instanceof Tokenization tokenization) {
            entry.put("kind", "tokens");
            entry.put("mask", prefix + "attention_mask");
            entry.put("tokenizer", beside + "tokenizer.json");
            entry.put("max_tokens", tokenization.maxTokens());
            emptyText(tokenization).ifPresent(ids -> entry.put("empty_text", ids));
        } else if (preparation instanceof NumberScaling numbers) {
            entry.put("kind", "numbers");
            entry.put("columns", numbers.columns());
            entry.put("means", numbers.means());
            entry.put("deviations", numbers.deviations());
            entry.put("values", "for each column (value - mean) / deviation, 0 if missing; then 1 if missing, else 0");
        } else if (preparation instanceof CategoryCoding categories) {
            entry.put("kind", "categories");
            entry.put("columns", categories.columns());
            entry.put("known", categories.values());
            entry.put(
                    "values", "for each column a number for each known value, and a last one for any other: one is 1");
        } else if (preparation instanceof BagOfWords) {
            entry.put("kind", "words");
            entry.put("terms", beside + "terms.tsv");
            entry.put("normalization", "NFKC, then lower case");
            entry.put(
                    "words",
                    "between the boundaries of Unicode Standard Annex 29; Han, Hiragana, Katakana, Thai, Lao, Khmer and"
                            + " Myanmar a character each; pairs of neighbours with a space between are terms too");
            entry.put("values", "(1 + ln count) * the term's weight, then the vector is divided by its length");
        }
        inputs.add(entry);
    }

    /** What stands for a text without tokens, where the tokeniser has no marks that stand there by themselves. */
    private static Optional<int[]> emptyText(Tokenization tokenization) {
        try {
            int[] ids = tokenization.tokens("").ids();
            return ids.length == 1 ? Optional.of(ids) : Optional.empty();
        } catch (DataException e) {
            return Optional.empty();
        }
    }

    private static void images(Map<String, Object> entry, Preprocessing images) {
        ResizeMode fit = images.fit();
        Map<String, Object> resize = new LinkedHashMap<>();
        if (fit instanceof ResizeMode.CenterCrop crop) {
            resize.put("mode", "center-crop");
            resize.put("shorter_side", crop.shorterSide());
        } else {
            resize.put("mode", "stretch");
        }
        resize.put("interpolation", fit.interpolation().label());
        resize.put("antialias", true);
        entry.put("kind", "image");
        entry.put("layout", "NCHW");
        entry.put("height", images.height());
        entry.put("width", images.width());
        entry.put("channels", images.channels() == 1 ? "L" : "RGB");
        entry.put("levels", List.of(0, 255));
        entry.put("resize", resize);
        entry.put("normalization", "in the model");
        entry.put("mean", images.mean());
        entry.put("std", images.std());
    }

    byte[] json() {
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("format", FORMAT);
        whole.put("inputs", inputs);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(whole);
    }
}
