using System.Globalization;

namespace Relay.Storage;

/// <summary>What blobs are called that wait for a person: <c>parked/{what}/{time}-{id}</c>, the oldest first in a listing.</summary>
internal static class ParkedName
{
    /// <summary>How the names of all of a kind begin.</summary>
    public static string Prefix(string what) => $"parked/{what}/";

    /// <summary>The name of one.</summary>
    public static string Of(string what, DateTimeOffset at, string id) =>
        $"{Prefix(what)}{at.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}-{id}";
}
