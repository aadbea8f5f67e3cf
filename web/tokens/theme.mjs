// Mantine's theme in our own values. Plain data, so that build.mjs and the pages read the same.
export function themeOf(tokens) {
  const steps = Object.values(tokens.ramps.jilan)
  return {
    colors: { jilan: steps },
    primaryColor: 'jilan',
    primaryShade: { light: 6, dark: 5 },
    fontFamily: tokens.fonts.sans,
    fontFamilyMonospace: tokens.fonts.mono,
    fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
    lineHeights: { xs: '18px', sm: '20px', md: '23px', lg: '24px', xl: '27px' },
    radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
    defaultRadius: 'md',
    cursorType: 'pointer',
    respectReducedMotion: true,
  }
}
