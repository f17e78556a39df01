package dev.bulkhead.app.blast;

import dev.bulkhead.app.snapshot.LiveSourceOptions;
import dev.bulkhead.app.snapshot.ReadingOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the two directions of the question have in common. */
final class BlastRadiusOptions {

    enum Format {
        TEXT,
        JSON
    }

    @Mixin
    LiveSourceOptions source;

    @Mixin
    ReadingOptions reading;

    @Option(
            names = "--hops",
            defaultValue = "1",
            paramLabel = "N|all",
            converter = HopsConverter.class,
            description =
                    "Over how many connections, each from where the last one led: 1 for direct ones alone, all for"
                            + " any number of them (default: ${DEFAULT-VALUE}).")
    int hops;

    @Option(
            names = "--max",
            paramLabel = "N",
            description = "The most workloads that may be found; with more the exit code is 2.")
    Integer maximum;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            paramLabel = "text|json",
            description = "The format (default: ${DEFAULT-VALUE}).")
    Format format;

    /** A number, or all. */
    static final class HopsConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                return Hops.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
