using System.Globalization;

namespace Relay.Incidents;

/// <summary>Reads the policy from the settings <c>Relay:Incidents:GroupWait</c> and so on, which both heads have.</summary>
public static class IncidentSettings
{
    /// <summary>What is not set is as in <see cref="IncidentPolicy"/>.</summary>
    /// <param name="setting">The value of the setting with that name, if it has one.</param>
    /// <exception cref="FormatException">A setting is not a time.</exception>
    /// <exception cref="ArgumentException">A time is longer than any incident, or below zero.</exception>
    public static IncidentPolicy Read(Func<string, string?> setting)
    {
        var defaults = new IncidentPolicy();
        return new()
        {
            GroupWait = Time(nameof(IncidentPolicy.GroupWait), defaults.GroupWait),
            GroupInterval = Time(nameof(IncidentPolicy.GroupInterval), defaults.GroupInterval),
            RepeatInterval = Time(nameof(IncidentPolicy.RepeatInterval), defaults.RepeatInterval),
            StaleAfter = Time(nameof(IncidentPolicy.StaleAfter), defaults.StaleAfter),
        };

        TimeSpan Time(string name, TimeSpan otherwise) => setting($"Relay:Incidents:{name}") switch
        {
            null or "" => otherwise,
            var given when TimeSpan.TryParse(given, CultureInfo.InvariantCulture, out var time) => time,
            var given => throw new FormatException($"Relay__Incidents__{name} is '{given}', which is not a time such as 00:00:05."),
        };
    }
}
