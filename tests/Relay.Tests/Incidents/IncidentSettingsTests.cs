using Relay.Incidents;

namespace Relay.Tests.Incidents;

public sealed class IncidentSettingsTests
{
    [Fact]
    public void What_is_not_set_is_as_in_the_policy() => Assert.Equal(new IncidentPolicy(), IncidentSettings.Read(_ => null));

    [Fact]
    public void Every_time_has_a_setting_of_its_name()
    {
        var policy = IncidentSettings.Read(name => name.Split(':') switch
        {
            ["Relay", "Incidents", "GroupWait"] => "00:00:01",
            ["Relay", "Incidents", "GroupInterval"] => "00:02",
            ["Relay", "Incidents", "RepeatInterval"] => "3:00:00",
            ["Relay", "Incidents", "StaleAfter"] => "4",
            _ => null,
        });

        Assert.Equal(
            new IncidentPolicy
            {
                GroupWait = TimeSpan.FromSeconds(1),
                GroupInterval = TimeSpan.FromMinutes(2),
                RepeatInterval = TimeSpan.FromHours(3),
                StaleAfter = TimeSpan.FromDays(4),
            },
            policy);
    }

    [Theory]
    [InlineData("soon", "Relay__Incidents__GroupWait is 'soon', which is not a time such as 00:00:05.")]
    [InlineData("-00:00:05", "GroupWait must be from 0 to 365 days.")]
    [InlineData("400", "GroupWait must be from 0 to 365 days.")]
    public void What_is_no_time_is_one_clear_line(string value, string expected) =>
        Assert.Equal(expected, Assert.ThrowsAny<Exception>(() => IncidentSettings.Read(name => name.EndsWith(":GroupWait", StringComparison.Ordinal) ? value : null)).Message);
}
