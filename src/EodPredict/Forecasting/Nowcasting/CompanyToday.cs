namespace EodPredict.Forecasting.Nowcasting;

/// <summary>What others tell of a session now.</summary>
internal enum CompanyToday
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is expected with its batch, which has not landed as far as is known.</summary>
    Awaited,

    /// <summary>Its batch has landed, and it most likely with it.</summary>
    Landed,

    /// <summary>How late its group is.</summary>
    Shift,
}
