using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Relay.Text;

/// <summary>How the relay writes JSON of its own: short, since queue messages have to stay small.</summary>
internal static class CompactJson
{
    /// <summary>Leaves out what is null, and writes letters of any script as they are.</summary>
    public static JsonSerializerOptions Options(params JsonConverter[] converters)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
        Array.ForEach(converters, options.Converters.Add);
        return options;
    }
}
