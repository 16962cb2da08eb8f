using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Relay.Incidents;

/// <summary>Names one incident: the same for the same broken thing on any host, at any time, from any run.</summary>
/// <remarks>Its text is the algorithm's version and 32 hexadecimal digits, such as <c>v1-0f3c…</c>, and is safe in blob names.</remarks>
[JsonConverter(typeof(FingerprintConverter))]
public sealed record Fingerprint
{
    private const int Digits = 32;
    private readonly string _text;

    private Fingerprint(string text) => _text = text;

    /// <summary>The fingerprint that <paramref name="hash"/> makes under <paramref name="version"/> of the algorithm.</summary>
    public static Fingerprint Create(int version, ReadOnlySpan<byte> hash) =>
        new($"v{version}-{Convert.ToHexStringLower(hash)[..Digits]}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Fingerprint? fingerprint)
    {
        var parts = text?.Split('-') ?? [];
        var valid = parts is [['v', .. var version], { Length: Digits } digits]
            && int.TryParse(version, out _)
            && digits.All(char.IsAsciiHexDigitLower);
        fingerprint = valid ? new Fingerprint(text!) : null; // Valid only where there is a text.
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => _text;
}
