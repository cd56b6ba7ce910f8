;; A loop that tests where it begins tests where it ends.
(module
  (func $f (param $n i32) (result i32) (local $i i32) (local $s i32)
    (block $out
      (loop $l
        (br_if $out (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $s (i32.xor (local.get $s) (i32.mul (local.get $i) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $l)))
    (local.get $s)))

;; Graph
;; b0:
;;   jump b1(0, 0)
;; b1(v0: i32, v1: i32):                   ; loop 0, ×8, from b0 b2
;;   poll
;;   v2 = i32.le_u p0:i32, v1
;;   branch v2 ? b3 : b2
;; b2:                                     ; in loop 0, ×7.0, from b1
;;   v3 = i32.mul v1, v1
;;   v4 = i32.xor v0, v3
;;   v5 = i32.add v1, 1
;;   jump b1(v4, v5)
;; b3:                                     ; from b1
;;   return v0
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 55 00 00 00              jb +0x68
;; b0:
;;   0013  31 c0                          xor eax, eax
;;   0015  31 c9                          xor ecx, ecx
;; b1:
;;   0017  49 3b 26                       cmp rsp, [r14]
;;   001a  0f 82 4a 00 00 00              jb +0x6a
;;   0020  39 f9                          cmp ecx, edi
;;   0022  0f 83 3e 00 00 00              jae +0x66
;; b2:
;;   0028  89 ca                          mov edx, ecx
;;   002a  0f af d1                       imul edx, ecx
;;   002d  31 d0                          xor eax, edx
;;   002f  83 c1 01                       add ecx, 1
;; b1:
;;   0032  39 f9                          cmp ecx, edi
;;   0034  0f 83 2c 00 00 00              jae +0x66
;; b2:
;;   003a  89 ca                          mov edx, ecx
;;   003c  0f af d1                       imul edx, ecx
;;   003f  31 d0                          xor eax, edx
;;   0041  83 c1 01                       add ecx, 1
;; b1:
;;   0044  39 f9                          cmp ecx, edi
;;   0046  0f 83 1a 00 00 00              jae +0x66
;; b2:
;;   004c  89 ca                          mov edx, ecx
;;   004e  0f af d1                       imul edx, ecx
;;   0051  31 d0                          xor eax, edx
;;   0053  83 c1 01                       add ecx, 1
;; b1:
;;   0056  39 f9                          cmp ecx, edi
;;   0058  73 0c                          jae +0x66
;; b2:
;;   005a  89 ca                          mov edx, ecx
;;   005c  0f af d1                       imul edx, ecx
;;   005f  31 d0                          xor eax, edx
;;   0061  83 c1 01                       add ecx, 1
;;   0064  eb b1                          jmp +0x17
;; b3:
;;   0066  c9                             leave
;;   0067  c3                             ret
;; outOfLine:
;;   0068  0f 0b                          ud2
;;   006a  0f 0b                          ud2
;;   006c  eb b2                          jmp +0x20
