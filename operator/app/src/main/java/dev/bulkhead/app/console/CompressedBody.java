package dev.bulkhead.app.console;

import com.google.common.collect.ImmutableList;
import dev.bulkhead.app.console.Problem.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The body of an answer, compressed while it is written and sent piece by piece. It is never one text in memory. It is
 * complete before anything is sent, since whoever reads slowly would otherwise keep one of the few turns for as long.
 */
final class CompressedBody {

    /** Compressed; answers are repetitive, so that is some ten times as much text. */
    private static final int MOST_BYTES = 2 * 1024 * 1024;

    /** Of text, however well it can be compressed: somebody has to write it and somebody has to read it. */
    private static final long MOST_TEXT = 64L * 1024 * 1024;

    private final ImmutableList<byte[]> pieces;
    private final int size;
    private final long textSize;

    private CompressedBody(ImmutableList<byte[]> pieces, int size, long textSize) {
        this.pieces = pieces;
        this.size = size;
        this.textSize = textSize;
    }

    /** Something that writes a body. */
    interface Writing {
        void writeTo(OutputStream out) throws IOException;
    }

    /** @throws ProblemException where it is too large */
    static CompressedBody written(Writing writing) {
        Pieces pieces = new Pieces();
        Limited compressed = new Limited(pieces, MOST_BYTES);
        try {
            Limited text = new Limited(new GZIPOutputStream(compressed, Pieces.LENGTH), MOST_TEXT);
            try (text) {
                writing.writeTo(text);
            }
            return new CompressedBody(pieces.all(), (int) compressed.count, text.count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How much memory it takes. */
    int size() {
        return size;
    }

    /** How many bytes it has once it is no longer compressed. */
    long textSize() {
        return textSize;
    }

    void sendCompressed(OutputStream out) throws IOException {
        for (byte[] piece : pieces) {
            out.write(piece);
        }
    }

    void sendText(OutputStream out) throws IOException {
        try (InputStream text = text()) {
            text.transferTo(out);
        }
    }

    private InputStream text() throws IOException {
        return new GZIPInputStream(new SequenceInputStream(Collections.enumeration(
                pieces.stream().map(ByteArrayInputStream::new).toList())));
    }

    @Override
    public String toString() {
        try (InputStream text = text()) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Arrays of one length each, so that growing copies nothing. */
    private static final class Pieces extends OutputStream {

        private static final int LENGTH = 8192;

        private final List<byte[]> full = new ArrayList<>();
        private byte[] last = new byte[LENGTH];
        private int used;

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            int written = 0;
            while (written < length) {
                if (used == LENGTH) {
                    full.add(last);
                    last = new byte[LENGTH];
                    used = 0;
                }
                int part = Math.min(length - written, LENGTH - used);
                System.arraycopy(bytes, offset + written, last, used, part);
                used += part;
                written += part;
            }
        }

        ImmutableList<byte[]> all() {
            return ImmutableList.<byte[]>builder()
                    .addAll(full)
                    .add(Arrays.copyOf(last, used))
                    .build();
        }
    }

    /** Counts what passes through it. */
    private static final class Limited extends OutputStream {

        private final OutputStream out;
        private final long most;
        private long count;

        Limited(OutputStream out, long most) {
            this.out = out;
            this.most = most;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            count += length;
            if (count > most) {
                throw new ProblemException(
                        Status.UNPROCESSABLE,
                        "the answer is too large to be given here; ask for fewer namespaces, or use the command with"
                                + " --cluster");
            }
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
