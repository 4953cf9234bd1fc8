package dev.graft.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the library's advice is called on the command line: a message that tells a program to use a setting gets a line with
 * the option for it, if the command has that option.
 */
final class OptionWords {
    /** The library's names, each with an option and what is to be given to it. */
    private static final Map<String, Option> OPTIONS = new LinkedHashMap<>();

    static {
        OPTIONS.put("FolderLayout.", new Option("--layout", "classes, parts or innermost"));
        OPTIONS.put("TextFile.withColumns", new Option("--text-column", "NAME"));
        OPTIONS.put("(TextFile.withColumns", new Option("--label-column", "NAME"));
        OPTIONS.put("ItemColumns", new Option("--image-column", "NAME"));
        OPTIONS.put("ImageScan.readable", new Option("--skip-bad", ""));
        OPTIONS.put("TextFile.withoutHeader", new Option("--no-header", ""));
        OPTIONS.put("a Charset such as", new Option("--charset", "NAME"));
    }

    private OptionWords() {}

    private record Option(String name, String value) {
        String shown() {
            return value.isEmpty() ? name : name + " " + value;
        }
    }

    /** The names of all options that are ever advised here. */
    static List<String> names() {
        return OPTIONS.values().stream().map(Option::name).toList();
    }

    /** The message, with the options of the command that it failed in. */
    static String added(String message, @Nullable CommandSpec command) {
        if (command == null) {
            return message;
        }
        String advised = OPTIONS.entrySet().stream()
                .filter(one -> message.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .filter(option -> command.findOption(option.name()) != null)
                .map(Option::shown)
                .collect(Collectors.joining("; "));
        return advised.isEmpty() ? message : message + "\n  options   " + advised;
    }
}
