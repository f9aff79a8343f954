"""All that comes out of comparing two clips, as frozen data: what the report draws and ``result.json`` holds.

Conventions: times are seconds of each clip's own clock (0 is its first frame). Joints are in the order of
``joint_table.JOINTS`` and named by the student's own left and right; where the student dances the teacher's mirror
image (`ComparisonResult.mirrored`) the teacher was mirrored for the comparison, and has to be for drawing. Early is
positive, late negative. Unknown numbers are nan in arrays and None in single values.
"""
