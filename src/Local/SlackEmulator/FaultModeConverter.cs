using System.Text.Json;
using System.Text.Json.Serialization;

namespace Local.SlackEmulator;

internal sealed class FaultModeConverter()
    : JsonStringEnumConverter<FaultMode>(JsonNamingPolicy.CamelCase, allowIntegerValues: false);
