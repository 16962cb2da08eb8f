using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relay.Incidents;

/// <summary>
/// Writes what was shown of 20,000 hosts in half a megabyte: each cause's key once, then of each host the number of its failures and
/// the numbers of its causes.
/// </summary>
internal sealed class ShownHostsConverter : JsonConverter<ImmutableDictionary<string, ShownHost>>
{
    public override ImmutableDictionary<string, ShownHost> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        string[] causes = [.. document.RootElement.GetProperty("causes").EnumerateArray().Select(cause => cause.GetString() ?? "")];
        return document.RootElement.GetProperty("hosts").EnumerateObject().ToImmutableDictionary(host => host.Name, host =>
        {
            int[] numbers = [.. host.Value.EnumerateArray().Select(number => number.GetInt32())];
            return new ShownHost(numbers[0], [.. numbers.Skip(1).Select(index => causes[index])]);
        });
    }

    public override void Write(Utf8JsonWriter writer, ImmutableDictionary<string, ShownHost> value, JsonSerializerOptions options)
    {
        string[] causes = [.. value.Values.SelectMany(host => host.Causes).Distinct().Order(StringComparer.Ordinal)];
        var indexes = causes.Index().ToDictionary(cause => cause.Item, cause => cause.Index);

        writer.WriteStartObject();
        writer.WriteStartArray("causes");
        foreach (var cause in causes)
        {
            writer.WriteStringValue(cause);
        }

        writer.WriteEndArray();
        writer.WriteStartObject("hosts");
        foreach (var (key, host) in value)
        {
            writer.WriteStartArray(key);
            writer.WriteNumberValue(host.Failures);
            foreach (var cause in host.Causes)
            {
                writer.WriteNumberValue(indexes[cause]);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
