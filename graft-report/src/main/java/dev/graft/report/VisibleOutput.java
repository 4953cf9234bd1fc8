package dev.graft.report;

import dev.graft.error.VisibleText;
import gg.jte.Content;
import gg.jte.TemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import org.jspecify.annotations.Nullable;

/**
 * Escapes for HTML, and writes out what is in names that cannot be seen, breaks a line or turns the direction of writing.
 */
final class VisibleOutput extends OwaspHtmlTemplateOutput {
    VisibleOutput(TemplateOutput output) {
        super(output);
    }

    @Override
    public void writeUserContent(@Nullable String text) {
        super.writeUserContent(text == null ? null : VisibleText.line(text));
    }

    private void writeLines(String text) {
        super.writeUserContent(VisibleText.lines(text));
    }

    /** Text whose line breaks are its own: a conclusion, an example of the data. */
    static Content lines(String text) {
        return output -> {
            if (output instanceof VisibleOutput visible) {
                visible.writeLines(text);
            } else {
                output.writeUserContent(text);
            }
        };
    }
}
