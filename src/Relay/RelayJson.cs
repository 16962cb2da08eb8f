using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Relay.Incidents;
using Relay.Reports;
using Relay.Routes;

namespace Relay;

/// <summary>How the relay writes its own JSON into queue messages and blobs.</summary>
[JsonSerializable(typeof(RelayMessage))]
[JsonSerializable(typeof(Evidence))]
[JsonSerializable(typeof(Incident))]
[JsonSerializable(typeof(RouteState))]
internal sealed partial class RelayJson : JsonSerializerContext
{
    /// <summary>Leaves out what is null and letters of any script as they are, since queue messages have to stay small.</summary>
    public static RelayJson Compact { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter<EventKind>(), new JsonStringEnumConverter<Saying>() },
    });
}
