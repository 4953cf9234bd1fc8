package dev.graft.report;

import dev.graft.error.Problem;
import dev.graft.error.SettingsException;
import dev.graft.result.ExampleSheet;
import dev.graft.storage.FileGroup;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A page of examples to be looked at: suspicious labels, examples to be labelled, examples that are alike. */
public final class ExamplePage {
    private static final String ENDING = ".html";

    private ExamplePage() {}

    /** The page: HTML 5 in one string, its styles and pictures inside, no script, nothing to load. */
    public static String html(ExampleSheet sheet) {
        StringOutput output = new StringOutput(1 << 16);
        TemplateEngine templates =
                TemplateEngine.createPrecompiled(null, ContentType.Html, null, Report.class.getPackageName());
        templates.render(
                "examples.jte", Map.of("sheet", sheet, "images", new InlinePictures()), new VisibleOutput(output));
        return output.toString();
    }

    /**
     * Refuses what {@link #write} would refuse; writes nothing.
     *
     * @param file the page
     * @param overwrite whether a page that Graft wrote may be replaced
     * @throws SettingsException if its name does not end in .html, or it is there and may not be replaced
     */
    public static void requireReplaceable(Path file, boolean overwrite) {
        if (!name(file).endsWith(ENDING)) {
            throw new SettingsException(Problem.of("A page is an HTML file.")
                    .where(file)
                    .expected("a name that ends in .html")
                    .found(name(file))
                    .fix("give such a name"));
        }
        files(file).requireReplaceable(overwrite);
    }

    /**
     * Writes the page whole or not at all, and a record beside it, {@code NAME.graft.json}, that tells Graft's files from others.
     *
     * @param file the page
     * @param overwrite whether a page that Graft wrote may be replaced
     * @throws SettingsException as {@link #requireReplaceable}
     * @throws dev.graft.error.StorageException if it cannot be written
     */
    public static void write(Path file, ExampleSheet sheet, boolean overwrite) {
        requireReplaceable(file, overwrite);
        String page = html(sheet);
        files(file).write(overwrite, into -> into.write(name(file), page));
    }

    /** The classes of the list: whether there are others beside the examples, and whether they are texts. */
    static String listClass(ExampleSheet sheet) {
        boolean alone =
                sheet.entries().stream().allMatch(entry -> entry.others().isEmpty());
        boolean texts =
                sheet.entries().stream().anyMatch(entry -> entry.example().text() != null);
        return "examples" + (alone ? " alone" : "") + (texts ? " of-texts" : "");
    }

    private static FileGroup files(Path file) {
        String name = name(file);
        String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        return new FileGroup(file.resolveSibling(stem + ".graft.json"), List.of(name));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
