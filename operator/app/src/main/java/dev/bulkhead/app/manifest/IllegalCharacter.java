package dev.bulkhead.app.manifest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Something in a file that no YAML may hold.
 *
 * @param offset of its bytes in the file
 */
record IllegalCharacter(int offset, String message) {

    private static final int CHUNK = 8192;

    static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** The first in these bytes. */
    static Optional<IllegalCharacter> find(byte[] bytes, int from, int to) {
        ByteBuffer input = ByteBuffer.wrap(bytes, from, to - from);
        CharBuffer output = CharBuffer.allocate(CHUNK);
        CharsetDecoder decoder = decoder();
        int offset = from;
        while (true) {
            CoderResult result = decoder.decode(input, output, true);
            output.flip();
            while (output.hasRemaining()) {
                int letter = Character.codePointAt(output, 0);
                if (!StreamReader.isPrintable(letter)) {
                    return Optional.of(new IllegalCharacter(
                            offset, String.format("the character U+%04X is not allowed in YAML; take it out", letter)));
                }
                output.position(output.position() + Character.charCount(letter));
                offset += letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
            }
            output.clear();
            if (result.isError()) {
                return Optional.of(new IllegalCharacter(offset, "this is not UTF-8; save the file in that encoding"));
            }
            if (result.isUnderflow()) {
                return Optional.empty();
            }
        }
    }
}
