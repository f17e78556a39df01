package dev.bulkhead.app.terminal;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Help.Ansi;

/**
 * Where output for people goes.
 *
 * @param width in characters; without a terminal lines are as long as they are
 * @param coloured never where NO_COLOR is set or nothing shows colours
 */
public record Terminal(int width, boolean coloured) {

    private static final int LEAST = 40;
    private static final int USUAL = 80;

    /** The one that the program was started from. */
    public static Terminal detect() {
        return isTerminal()
                ? new Terminal(Math.max(LEAST, columns()), Ansi.AUTO.enabled())
                : new Terminal(Integer.MAX_VALUE, false);
    }

    /** Until Java 22 there is a console where there is a terminal; since then it must be asked. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    private static int columns() {
        String told = System.getenv("COLUMNS");
        if (told != null && told.matches("[0-9]{1,4}")) {
            return Integer.parseInt(told);
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            boolean ended = stty.waitFor(1, TimeUnit.SECONDS);
            return ended && size.matches("[0-9]+ [0-9]+") ? Integer.parseInt(size.split(" ", 2)[1]) : USUAL;
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }

    public String good(String text) {
        return styled("32", text);
    }

    public String bad(String text) {
        return styled("31", text);
    }

    public String strong(String text) {
        return styled("1", text);
    }

    private String styled(String code, String text) {
        return coloured ? "\u001B[" + code + "m" + text + "\u001B[0m" : text;
    }

    /** The text of whomever, in lines that fit beside an indentation; words are never split. */
    public List<String> wrapped(String text, int indentation) {
        int room = Math.max(LEAST / 2, width - indentation);
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : Printable.line(text).split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
