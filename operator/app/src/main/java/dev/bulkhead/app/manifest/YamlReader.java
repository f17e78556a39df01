package dev.bulkhead.app.manifest;

import com.google.common.base.Supplier;
import java.io.IOException;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads YAML, of which JSON is a part, and keeps the lines. A broken document is left out, and reading goes on with the
 * one after it.
 */
final class YamlReader {

    /** The parser holds so much of the text at least. */
    private static final int BUFFER = 8192;

    /** With lines longer than this a small buffer is filled, and copied, too often. */
    private static final int LONG_LINE = 1 << 16;

    private static final int BUFFER_FOR_LONG_LINES = 1 << 22;

    private final byte[] bytes;
    private final Supplier<Documents> documents;
    private final Receiver receiver;
    private final LoadSettings settings;

    /** @param documents of these bytes, once they are needed */
    YamlReader(byte[] bytes, Supplier<Documents> documents, Receiver receiver) {
        this.bytes = bytes;
        this.documents = documents;
        this.receiver = receiver;
        this.settings = LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setBufferSize(hasLongLines(bytes) ? BUFFER_FOR_LONG_LINES : BUFFER)
                .build();
    }

    /** Looks back from one distance to the next, and so at a fraction of the bytes where lines are short. */
    private static boolean hasLongLines(byte[] bytes) {
        int lineStart = 0;
        while (bytes.length - lineStart > LONG_LINE) {
            int at = lineStart + LONG_LINE;
            while (at > lineStart && bytes[at] != '\n') {
                at--;
            }
            if (at == lineStart) {
                return true;
            }
            lineStart = at;
        }
        return false;
    }

    void read() {
        read(new Documents.Part(new Documents.Start(0, 0), new Documents.Start(Integer.MAX_VALUE, bytes.length)));
    }

    void read(Documents.Part part) {
        Documents.Start at = part.from();
        while (at.offset() < part.to().offset()) {
            at = read(at, part.to());
        }
    }

    /** Reads up to the end, or through the first broken document; returns where to go on. */
    private Documents.Start read(Documents.Start from, Documents.Start to) {
        YamlParser parser = new YamlParser(settings, bytes, from.offset(), to.offset(), from.line(), receiver);
        try {
            parser.run();
            return to;
        } catch (RefusedDocumentException e) {
            return broken(parser, to, e.flaw().line() - 1, e.flaw().message());
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
            int line = mark == null ? parser.line() : from.line() + mark.getLine();
            return broken(parser, to, line, YamlProblem.inWords(e.getProblem()));
        } catch (YamlEngineException e) {
            boolean illegal = e instanceof ReaderException || e.getCause() instanceof IOException;
            Optional<IllegalCharacter> character =
                    illegal ? IllegalCharacter.find(bytes, from.offset(), to.offset()) : Optional.empty();
            return character.isPresent()
                    ? unreadable(parser, from, character.get())
                    : broken(parser, to, parser.line(), "this is not YAML: " + Excerpt.of(e.getMessage()));
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            // The parser's way to refuse some escapes and directives.
            return broken(parser, to, parser.line(), "this is not YAML; look at the quotes and escapes here");
        }
    }

    private Documents.Start broken(YamlParser parser, Documents.Start to, int line, String message) {
        int found = documents.get().within(Math.min(line, to.line() - 1));
        boolean ofNext = found > parser.documentLine()
                && documents.get().atOrAfter(found).line() == found;
        receiver.broken(new Flaw(ofNext ? found : found + 1, message));
        return documents.get().atOrAfter(Math.max(found, parser.documentLine() + 1));
    }

    /** The parser looks ahead: documents may stand between the one that it was at and the character. */
    private Documents.Start unreadable(YamlParser parser, Documents.Start from, IllegalCharacter illegal) {
        int line = Documents.lineOf(bytes, from, illegal.offset());
        Documents.Start document = documents.get().atOrBefore(line);
        Documents.Start begun = documents.get().atOrBefore(parser.documentLine());
        Documents.Start at = begun.line() < from.line() ? from : begun;
        receiver.again();
        while (at.offset() < document.offset()) {
            at = read(at, document);
        }
        receiver.broken(new Flaw(line + 1, illegal.message()));
        return documents.get().atOrAfter(line + 1);
    }
}
