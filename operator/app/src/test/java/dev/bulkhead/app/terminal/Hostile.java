package dev.bulkhead.app.terminal;

import java.util.List;
import java.util.Random;

/** Texts that mean something to whatever shows them. */
public final class Hostile {

    private static final List<String> PIECES = List.of(
            // Terminals.
            "\n",
            "\r",
            "\r\n",
            "\t",
            "\u0007",
            "\b",
            "\f",
            "\u000b",
            "\u007f",
            "\u0085",
            "\u009b31m",
            "\u001b[31m",
            "\u001b]0;title\u0007",
            "\u001b]8;;https://evil.example\u001b\\",
            "\u001b[2J",
            "\u202e",
            "\u2066",
            "\u200b",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\u00ad",
            "\udb40\udc41",
            // Logs of CI jobs.
            "::error file=x::pwned",
            "::set-output name=a::b",
            "::stop-commands::x",
            "::add-mask::b",
            "::debug::x",
            "::",
            ":",
            "##[error]pwned",
            "##[",
            "##vso[task.setvariable variable=a]b",
            "##teamcity[message]",
            "#",
            "##",
            "[",
            "section_start:1:x\r\u001b[0K",
            // Spreadsheets.
            "=HYPERLINK(\"https://evil.example\")",
            "@SUM(1)",
            "+1",
            "-1",
            "=",
            ",=1",
            ";=1",
            "\t=1",
            "\uff1d1",
            "\"=1",
            "'",
            // Markdown.
            "www.evil.example",
            "WWW.evil.example",
            "https://evil.example/x",
            "ftp://evil.example",
            "evil.example",
            "@org/team",
            "@user",
            "a@evil.example",
            "mailto:a@evil.example",
            "**b**",
            "*i*",
            "__b__",
            "_i_",
            "~~x~~",
            "~x~",
            "<img src=x onerror=1>",
            "<b>",
            "</td>",
            "<!--",
            "-->",
            "<https://evil.example>",
            "![i](https://evil.example/i.png)",
            "[l](https://evil.example)",
            "[l][x]",
            "[x]: https://evil.example",
            "](",
            "[[wiki]]",
            "[^1]",
            "`",
            "``",
            "```",
            "|",
            "||",
            "\\",
            "\\|",
            "\\`",
            "&#64;org",
            "&lt;b&gt;",
            "&",
            "#1",
            "GH-1",
            "!1",
            "$1$",
            ":tada:",
            "# h",
            "- [ ] x",
            "> q",
            "/close",
            // XML and JSON.
            "]]>",
            "<![CDATA[",
            "\"",
            "{",
            "}",
            "\\u001b",
            "%s",
            "%n",
            // Nothing special.
            " ",
            "  ",
            "pwned",
            "name",
            "ä",
            "\ud83d\ude00",
            "1");

    private Hostile() {}

    public static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** Each piece by itself. */
    public static List<String> pieces() {
        return PIECES;
    }
}
