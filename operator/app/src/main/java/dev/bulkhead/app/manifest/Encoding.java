package dev.bulkhead.app.manifest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What the first bytes of a file say of the others. Some shells of Windows write UTF-16. */
final class Encoding {

    private static final int[] UTF_8_MARK = {0xEF, 0xBB, 0xBF};
    private static final int[] BIG_ENDIAN_MARK = {0xFE, 0xFF};
    private static final int[] LITTLE_ENDIAN_MARK = {0xFF, 0xFE};

    private Encoding() {}

    /**
     * The same text in UTF-8, without a mark.
     *
     * @throws IOException if it is not in the encoding that it claims
     */
    static byte[] utf8(byte[] bytes) throws IOException {
        if (startsWith(bytes, UTF_8_MARK)) {
            return Arrays.copyOfRange(bytes, UTF_8_MARK.length, bytes.length);
        }
        if (startsWith(bytes, BIG_ENDIAN_MARK)) {
            return recoded(bytes, StandardCharsets.UTF_16BE);
        }
        return startsWith(bytes, LITTLE_ENDIAN_MARK) ? recoded(bytes, StandardCharsets.UTF_16LE) : bytes;
    }

    private static byte[] recoded(byte[] bytes, Charset charset) throws IOException {
        int mark = BIG_ENDIAN_MARK.length;
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, mark, bytes.length - mark))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new IOException("it begins like " + charset + " and is not; save it as UTF-8", e);
        }
    }

    private static boolean startsWith(byte[] bytes, int[] mark) {
        for (int i = 0; i < mark.length; i++) {
            if (bytes.length <= i || Byte.toUnsignedInt(bytes[i]) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
