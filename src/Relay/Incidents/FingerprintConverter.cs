using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relay.Incidents;

internal sealed class FingerprintConverter : JsonConverter<Fingerprint>
{
    public override Fingerprint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Fingerprint.TryParse(reader.GetString(), out var fingerprint)
            ? fingerprint
            : throw new JsonException("A fingerprint is not valid.");

    public override void Write(Utf8JsonWriter writer, Fingerprint value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
